// The state space of any protocol that the runner takes (see protocol_runner.h). Of `Setup` it also
// asks:
//
//   interchangeable(configuration)   the nodes that nothing but their names tells apart, as long as
//                                    clients ask only others
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/explore/possible_steps.h"
#include "scenarios/explore/renamings.h"
#include "scenarios/explore/rounds.h"
#include "scenarios/explore/situation.h"
#include "scenarios/explore/sleep_sets.h"
#include "scenarios/explore/state_hash.h"
#include "scenarios/explore/state_space.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/format/step_json.h"
#include "scenarios/format/trace.h"
#include "scenarios/play/continuation.h"
#include "scenarios/play/judgement.h"
#include "scenarios/words/input_error.h"
#include "sim/world/any_observer.h"
#include "sim/world/engine.h"

namespace synod {

template <class Setup>
class WorldSpace final : public StateSpace {
 public:
  using P = typename Setup::Protocol;
  using Witness = typename Setup::Witness;
  using Clients = typename Setup::Clients;
  using AllClients = synod::Clients<P, Clients>;
  using Some = Situation<P, Witness>;
  using Possible = PossibleSteps<P, Witness, Clients>;

  /// The configuration is as it is when its mutants have set it up.
  WorldSpace(Setup setup, const Configuration& configuration, const ExploreBounds& bounds,
             std::span<const PropertyText> properties)
      : setup_(std::move(setup)),
        configuration_(configuration),
        bounds_(bounds),
        properties_(properties),
        config_(setup_.make_config(configuration_)),
        steps_(bounds),
        steps_there_(bounds),
        commuting_(bounds),
        bytes_(configuration.node_count, configuration.client_count, bounds) {
    if (const std::string complaint = validate(bounds); !complaint.empty()) {
      refuse("explore: " + complaint);
    }
    if (properties_.size() > INT8_MAX) {
      refuse("explore: a protocol with more than 127 properties cannot be searched");
    }
    if (bounds.failed_writes_max > 0 && !is_told_of_writes<P>) {
      refuse(fmt::format(
          "explore: no write of {} fails, whose nodes are not told of their writes: leave out "
          "--failed-writes-max",
          P::name));
    }
    engine_.stop_clocks();
    start(base_);
    start(next_);
    setup_.planted.plant(config_);
    if (bounds.has_symmetry) {
      expect_comparison("--symmetry");
      renamings_ = renamings(configuration_, bounds_, setup_.interchangeable(configuration_));
    }
  }

  [[nodiscard]] std::unique_ptr<StateSpace> clone() const override {
    return std::make_unique<WorldSpace>(setup_, configuration_, bounds_, properties_);
  }

  void initial(ExploredState& state) override {
    begin();
    describe(next_, {}, state);
  }

  void expand(const ExploredState& state, Successors& successors) override {
    successors.clear();
    if (state.violation >= 0) {
      return;
    }
    bytes_.read(state.bytes, base_);
    const std::vector<Step<P>>& steps = steps_.list(base_);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (try_from_base(steps[i], successors)) {
        add_way(successors, steps[i], i);
      }
    }
  }

  void expect_comparison(std::string_view option) const override {
    if constexpr (!ComparesRoundsOnly<P>) {
      refuse(
          fmt::format("explore: {} is sound only for a protocol that says that it "
                      "`compares_rounds_only`, and {} does not",
                      option, P::name));
    }
  }

  void expand_awake(const ExploredState& state, SleepSet asleep, Successors& successors) override {
    successors.clear();
    if (state.violation >= 0) {
      return;
    }
    bytes_.read(state.bytes, base_);
    const std::vector<Step<P>>& steps = steps_.list_all(base_);
    const std::optional<NodeId> writing = steps_.must_write(base_);
    touched_.clear();
    for (const Step<P>& step : steps) {
      touched_.push_back(commuting_.touched(step));
    }
    SleepSet taken = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const bool sleeps = is_asleep(asleep, i);
      const auto* const write = std::get_if<FinishWriteStep>(&steps[i].action);
      const bool is_possible = !writing || (write != nullptr && write->node == *writing);
      if (!is_possible || (sleeps && !bounds_.are_writes_instant()) ||
          !try_from_base(steps[i], successors)) {
        continue;
      }
      if (sleeps && next_.world.writes.empty()) {
        continue;  // else a write must follow, which sleeps instead
      }
      typename Successors::Way& way = add_way(successors, steps[i], i);
      way.asleep = sleeps ? all_asleep : asleep_after(steps, i, asleep | taken);
      if (!sleeps && i < sleepers_max) {
        taken |= SleepSet{1} << i;
      }
    }
  }

  void encode(const ExploredState& state, std::string& bytes) override {
    bytes.push_back(static_cast<char>(state.violation));
    if (renamings_.empty()) {
      bytes += state.bytes;
    } else {
      bytes_.read(state.bytes, base_);
      bytes += canonical(base_);
    }
  }

  Trace trace(std::span<const std::uint16_t> path) override {
    AnyObservers<P> nobody;
    Engine<P, AnyObservers<P>> engine(config_, nobody);
    World<P> real;
    engine.start(real, configuration_.node_count, configuration_.client_count);
    ExploredState state;
    initial(state);
    Trace trace;
    trace.protocol = P::name;
    trace.configuration = configuration_;
    trace.configured = all_fields(configuration_);
    trace.has_steps = true;
    Successors successors;
    for (const std::uint16_t index : path) {
      bytes_.read(state.bytes, base_);
      Step<P> step = steps_.list(base_).at(index);
      step.at = time_of(step, real);
      engine.apply(real, step);
      trace.steps.push_back(to_trace_step<P>(step));
      expand(state, successors);
      for (std::size_t i = 0; i < successors.count; ++i) {
        if (successors.ways[i].step == index) {
          state = successors.ways[i].state;
        }
      }
    }
    return trace;
  }

  TraceStep step(const ExploredState& state, std::uint16_t index) override {
    bytes_.read(state.bytes, base_);
    return to_trace_step<P>(steps_.list(base_).at(index));
  }

  Outlook outlook(const ExploredState& state, bool judges_idle) override {
    bytes_.read(state.bytes, base_);
    const Demand of_many = demand_in(base_);
    Outlook outlook{Outlook::Kind::idle, {}};
    if (judges_idle || does_anybody_wait(base_)) {
      outlook = play_on(of_many);
    }
    if (setup_.survivor_count(configuration_) == 0) {
      return outlook;
    }
    for (const NodeId node : base_.world.nodes_up()) {
      if (outlook.kind == Outlook::Kind::stuck || outlook.kind == Outlook::Kind::hopeless) {
        break;
      }
      const Outlook of_one = play_on({.kind = Demand::Kind::one_decides, .node = node});
      outlook = of_one.kind == Outlook::Kind::stuck ? of_one : outlook;
    }
    return outlook;
  }

  bool follow(const Trace& run, const std::function<void(const ExploredState&)>& visit) override {
    ExploredState state;
    begin();
    describe(next_, {}, state);
    visit(state);
    for (const TraceStep& written : run.steps) {
      auto step = from_trace_step<P>(written);
      base_.assign(next_);
      if (!step || !could_be_taken(*step)) {
        return false;
      }
      step->at = {};  // in a search with such time-outs no time passes
      find_packet(*step);
      if (!try_take(*step) || !is_within(next_.spent)) {
        return false;
      }
      describe(next_, {}, state);
      visit(state);
    }
    return true;
  }

  std::uint32_t encode_shape(const ExploredState& state, std::string& bytes) override {
    bytes_.read(state.bytes, base_);
    const std::uint32_t rounds = forget_height(base_.world, base_.order);
    written_.clear();
    bytes_.template write_all_but_witness<false>(base_, Renaming::none(), {}, written_);
    bytes += written_.view();
    return rounds;
  }

  [[nodiscard]] std::span<const PropertyText> properties() const override { return properties_; }
  [[nodiscard]] std::span<const NamedText> sometimes() const override {
    return Witness::sometimes_texts;
  }

 private:
  static_assert(Witness::sometimes_texts.size() <= 8, "a bit each in ExploredState::sometimes");
  /// Slots of packets are numbers of sixteen bits, and one more step must find some.
  static constexpr std::size_t packets_max = 60'000;

  /// What follows a situation through a step, beside its witness.
  class Follower {
   public:
    explicit Follower(Some& some) : some_(some) {}
    void on(const World<P>& /*world*/, const Sent<P>& sent) { some_.order.push_back(sent.slot); }
    void on(const World<P>& /*world*/, const Delivered<P>& delivered) { forget(delivered.slot); }
    void on(const World<P>& /*world*/, const Applied<P>& applied) {
      if (const auto* drop = std::get_if<DropStep<P>>(&applied.step.action)) {
        forget(drop->hint.slot);
      }
    }
    void on(const World<P>& /*world*/, const Learned<P>& learned) {
      some_.learned.insert(learned.node);
    }
    void on(const World<P>& /*world*/, const Crashed& crashed) {
      some_.learned.erase(crashed.node);
    }

   private:
    void forget(PacketSlot slot) {
      some_.order.erase(std::find(some_.order.begin(), some_.order.end(), slot));
    }
    Some& some_;
  };

  /// The witness judges by the correct configuration.
  void start(Some& some) {
    setup_.start(some.witness, setup_.make_config(configuration_), configuration_);
  }

  void begin() {
    start(next_);
    next_.spent = {};
    next_.learned = {};
    next_.order.clear();
    engine_.start(next_.world, configuration_.node_count, configuration_.client_count);
  }

  /// Are there such steps in this space? A kind that is new is none until somebody says so here:
  /// it does not compile.
  [[nodiscard]] bool could_be_taken(const Step<P>& step) {
    return std::visit([this](const auto& action) { return this->is_explored(action); },
                      step.action);
  }
  /// Which requests are is said where they are listed.
  [[nodiscard]] bool is_explored(const AskStep<RequestFor<P>>& ask) {
    return std::ranges::any_of(steps_.list_all(base_), [&](const Step<P>& step) {
      const auto* const one = std::get_if<AskStep<RequestFor<P>>>(&step.action);
      return one != nullptr && *one == ask;
    });
  }
  [[nodiscard]] bool is_retry(const AskStep<RequestFor<P>>& ask) const {
    const ClientState<P>& client = base_.world[ask.request.id.client];
    return client.is_waiting && client.request == ask.request;
  }
  [[nodiscard]] static bool is_explored(const DropStep<P>& drop) {
    return drop.packet.from.is_node() && drop.packet.to.is_node();
  }
  [[nodiscard]] bool is_explored(const CrashStep& crash) const {
    return crash.after_effects <= bounds_.crash_effects_max;
  }
  [[nodiscard]] bool is_explored(const FailWriteStep& /*fail*/) const {
    return bounds_.failed_writes_max > 0;
  }
  template <class Explored>
    requires IsOneOf<Explored, DeliverStep<P>, DuplicateStep<P>, FireStep<P>, FinishWriteStep,
                     RestartStep, LuckStep>
  static bool is_explored(const Explored& /*step*/) {
    return true;
  }
  template <class Beyond>
    requires IsOneOf<Beyond, AbandonStep, CutStep, HealStep> || faults::Unexplored<Beyond>
  static bool is_explored(const Beyond& /*step*/) {
    return false;
  }

  /// A step from a file does not know where its packet is.
  void find_packet(Step<P>& step) const {
    if (auto* drop = std::get_if<DropStep<P>>(&step.action)) {
      base_.world.in_flight.try_find(drop->packet, drop->hint.slot, drop->hint.slot);
    }
  }
  [[nodiscard]] bool is_within(const Spent& spent) const {
    return spent.crashes <= bounds_.crashes_max && spent.restarts <= bounds_.restarts_max &&
           spent.losses <= bounds_.losses_max && spent.duplicates <= bounds_.duplicates_max &&
           spent.retries <= bounds_.retries_max && spent.failed_writes <= bounds_.failed_writes_max;
  }

  /// To the state that `next_` is in, by the step at this place.
  typename Successors::Way& add_way(Successors& successors, const Step<P>& step,
                                    std::size_t place) {
    typename Successors::Way& way = successors.add();
    way.step = static_cast<std::uint16_t>(place);
    way.begins_round = round_begun_by_;
    way.is_accident = is_accident(step);
    describe(next_, unchanged(step), way.state);
    return way;
  }
  /// Where time-outs tell the truth, what arrives nowhere is lost without anything going wrong.
  [[nodiscard]] bool is_accident(const Step<P>& step) const {
    return next_.spent.losses > base_.spent.losses ||
           std::holds_alternative<DuplicateStep<P>>(step.action) ||
           std::holds_alternative<CrashStep>(step.action) ||
           std::holds_alternative<FailWriteStep>(step.action) ||
           std::holds_alternative<CutStep>(step.action);
  }

  /// From `base_`.
  Outlook play_on(const Demand& demand) {
    next_.assign(base_);
    World<P>& world = next_.world;
    Watch<P, Witness> watch;
    watch.witness = base_.witness;
    watch.learned_by.start();
    for (const NodeId node : base_.learned) {
      watch.learned_by.insert(node);
    }
    continuation_.start(demand, Setup::nodes_restart, watch.learned_by);
    for (const ClientState<P>& client : world.clients) {
      if (client.request.id.number != 0) {
        continuation_.on(world, Called<P>{client.request});
      }
    }
    Observers observers(watch.witness, watch.learned_by, continuation_);
    Engine<P, decltype(observers)> engine(config_, observers);
    const Findings& findings = watch.witness.findings();
    continuation_.play(world, [&](const Step<P>& step) {
      engine.apply(world, step);
      return !findings.has_any();
    });
    if (findings.has_any()) {
      return {Outlook::Kind::stuck, demand, true};
    }
    const NodeSet up = world.nodes_up();
    if (up.is_empty() || !is_due(setup_, configuration_, demand, up)) {
      return {Outlook::Kind::hopeless, demand};
    }
    if (unmet(demand, world, watch.learned_by.nodes()).empty()) {
      return {Outlook::Kind::decides, demand};
    }
    judge_demand<Setup>(demand, world, watch);
    return {Outlook::Kind::stuck, demand, findings.has_any()};
  }

  /// Whether `next_` is where the step leads from `base_`, within the bounds.
  bool try_from_base(const Step<P>& step, Successors& successors) {
    next_.assign(base_);
    const bool is_taken = try_take(step);
    successors.is_bounded = successors.is_bounded || !is_taken;
    return is_taken;
  }
  /// Returns false when the step lies beyond a bound on rounds or time-outs.
  bool try_take(const Step<P>& step) {
    const std::optional<NodeId> node = who_may_begin(step);
    const std::uint32_t round_before = node ? round_at(*node) : 0;
    round_begun_by_.reset();
    engine_.apply(next_.world, step);
    spend(next_.spent, step);
    const std::uint32_t round = node ? round_at(*node) : 0;
    if (const auto* fire = std::get_if<FireStep<P>>(&step.action)) {
      if (round > round_before) {
        round_begun_by_ = fire->node;
      } else if (bounds_.timeouts_max != ExploreBounds::unlimited &&
                 ++next_.spent.timeouts > bounds_.timeouts_max) {
        return false;
      }
    }
    return round <= bounds_.rounds_max || round == round_before;
  }
  /// A round, with this step. Nobody in a protocol that has none.
  static std::optional<NodeId> who_may_begin(const Step<P>& step) {
    if constexpr (round_name_of<P>.empty()) {
      return std::nullopt;
    } else if (const auto* deliver = std::get_if<DeliverStep<P>>(&step.action)) {
      return deliver->packet.to.is_node() ? std::optional(deliver->packet.to.node()) : std::nullopt;
    } else if (const auto* fire = std::get_if<FireStep<P>>(&step.action)) {
      return fire->node;
    } else if (const auto* luck = std::get_if<LuckStep>(&step.action)) {
      return luck->node;
    } else if (const auto* write = std::get_if<FinishWriteStep>(&step.action)) {
      return write->node;
    } else {
      return std::nullopt;
    }
  }
  [[nodiscard]] std::uint32_t round_at(NodeId node) const {
    return highest_round(next_.world[node].node);
  }

  void spend(Spent& spent, const Step<P>& step) const {
    std::visit([&](const auto& action) { this->spend_on(action, spent); }, step.action);
  }
  void spend_on(const DropStep<P>& drop, Spent& spent) const {
    const Endpoint to = drop.packet.to;
    const bool could_arrive = (!to.is_node() || base_.world[to.node()].is_up) &&
                              !base_.world.is_cut(drop.packet.from, to);
    const bool is_free = bounds_.timeouts == Timeouts::truth && !could_arrive;
    spent.losses = static_cast<std::uint8_t>(spent.losses + (is_free ? 0 : 1));
  }
  void spend_on(const AskStep<RequestFor<P>>& ask, Spent& spent) const {
    spent.retries = static_cast<std::uint8_t>(spent.retries + (is_retry(ask) ? 1 : 0));
  }
  static void spend_on(const DuplicateStep<P>& /*duplicate*/, Spent& spent) { ++spent.duplicates; }
  static void spend_on(const CrashStep& /*crash*/, Spent& spent) { ++spent.crashes; }
  static void spend_on(const RestartStep& /*restart*/, Spent& spent) { ++spent.restarts; }
  static void spend_on(const AbandonStep& /*abandon*/, Spent& spent) { ++spent.abandons; }
  static void spend_on(const FailWriteStep& /*fail*/, Spent& spent) { ++spent.failed_writes; }
  static void spend_on(const CutStep& /*cut*/, Spent& spent) { ++spent.cuts; }
  template <class Free>
    requires IsOneOf<Free, DeliverStep<P>, FireStep<P>, FinishWriteStep, HealStep, LuckStep> ||
             faults::Unexplored<Free>
  static void spend_on(const Free& /*step*/, Spent& /*spent*/) {}

  /// In the run of a trace, time goes on only until the next timer can fire.
  static Time time_of(const Step<P>& step, const World<P>& world) {
    const auto* fire = std::get_if<FireStep<P>>(&step.action);
    if (fire == nullptr) {
      return world.now;
    }
    const ArmedTimer& timer = world[fire->node].timers[static_cast<std::size_t>(fire->timer)];
    return std::max(world.now, Time{static_cast<std::uint64_t>(timer.earliest.ticks)});
  }

  /// The nodes whose bytes are as they were before this step. Where time-outs tell the truth, all
  /// timers come nearer as one fires.
  [[nodiscard]] NodeSet unchanged(const Step<P>& step) const {
    return base_.world.node_ids() -
           std::visit([this](const auto& action) { return this->changed_by(action); }, step.action);
  }
  static NodeSet changed_by(const DeliverStep<P>& deliver) {
    const Endpoint to = deliver.packet.to;
    return to.is_node() ? NodeSet::only(to.node()) : NodeSet();
  }
  [[nodiscard]] NodeSet changed_by(const FireStep<P>& fire) const {
    return bounds_.timeouts == Timeouts::truth ? base_.world.node_ids() : NodeSet::only(fire.node);
  }
  template <class OfNode>
    requires IsOneOf<OfNode, FinishWriteStep, FailWriteStep, LuckStep, CrashStep, RestartStep> ||
             faults::Unexplored<OfNode>
  static NodeSet changed_by(const OfNode& step) {
    return NodeSet::only(step.node);
  }
  template <class OfNone>
    requires IsOneOf<OfNone, AskStep<RequestFor<P>>, AbandonStep, DropStep<P>, DuplicateStep<P>,
                     CutStep, HealStep>
  static NodeSet changed_by(const OfNone& /*step*/) {
    return {};
  }

  /// Which steps sleep when one of them has been taken: those among `could_sleep` that commute with
  /// it, by their places in the new list.
  SleepSet asleep_after(const std::vector<Step<P>>& steps, std::size_t taken,
                        SleepSet could_sleep) {
    SleepSet sleeping = 0;
    for (std::size_t i = 0; i < std::min(steps.size(), sleepers_max); ++i) {
      if (is_asleep(could_sleep, i) &&
          Commuting<P>::do_commute(steps[i], touched_[i], steps[taken], touched_[taken])) {
        sleeping |= SleepSet{1} << i;
      }
    }
    return sleeping == 0 ? 0 : found_again(sleeping, steps, steps_there_.list_all(next_));
  }

  void describe(Some& some, NodeSet as_read, ExploredState& state) {
    if (some.order.size() > packets_max) {
      refuse("explore: more than 60,000 messages are in flight at once: bound it more");
    }
    written_.clear();
    bytes_.write_and_sort(some, as_read, written_);
    state.bytes.assign(written_.view());
    state.violation = violation_of(some.witness.findings());
    state.sometimes = some.witness.sometimes_shown();
    state.has_decided = has_decided(some);
    const std::string_view told = renamings_.empty() ? written_.view() : canonical(some);
    state.fingerprint = hash_of_bytes(told, static_cast<std::uint64_t>(state.violation));
  }
  /// Who has voted for a transaction must hear how it ends. Otherwise all nodes must, where they
  /// learn anything, or a client who is told what it is there for: not one that is told that it is
  /// not known, one who only looked, or who gave up (which of them it was is not in a state).
  static bool has_decided(const Some& some) {
    if (!some.witness.is_decided()) {
      return false;
    }
    if constexpr (requires { some.witness.uncertain(); }) {
      return (who_must_learn(some) & some.witness.uncertain()).is_empty();
    } else {
      const bool do_all_know =
          learns<P> && who_must_learn(some).is_empty() && !some.learned.is_empty();
      const auto& clients = some.world.clients;
      return do_all_know ||
             (some.spent.abandons == 0 && std::any_of(clients.begin(), clients.end(), &is_served));
    }
  }
  static bool is_served(const ClientState<P>& one) {
    const auto& operation = one.request.operation;
    // Who has an answer from every node that was asked got none that is final.
    return one.request.id.number != 0 && !one.is_waiting && one.answers < one.attempts &&
           (!learns<P> || operation == AllClients::own(AllClients::number_in(operation)));
  }
  static NodeSet who_must_learn(const Some& some) {
    return learns<P> ? some.world.nodes_up() - some.learned : NodeSet();
  }
  /// Among those who are there to hear of it.
  static bool does_anybody_wait(const Some& some) {
    if constexpr (requires { some.witness.uncertain(); }) {
      return !(who_must_learn(some) & some.witness.uncertain()).is_empty();
    } else {
      const auto& clients = some.world.clients;
      return (some.witness.is_decided() && !who_must_learn(some).is_empty()) ||
             std::any_of(clients.begin(), clients.end(),
                         [](const ClientState<P>& one) { return one.is_waiting; });
    }
  }
  [[nodiscard]] Demand demand_in(const Some& some) const {
    const bool may_come_back = Setup::nodes_restart && some.spent.restarts < bounds_.restarts_max;
    Demand demand;
    demand.kind = may_come_back ? Demand::Kind::everybody_decides : Demand::Kind::survivors_decide;
    return demand;
  }
  [[nodiscard]] std::int8_t violation_of(const Findings& findings) const {
    if (!findings.has_any()) {
      return -1;
    }
    const auto property = std::find_if(
        properties_.begin(), properties_.end(),
        [&](const PropertyText& one) { return one.name == findings.first().property; });
    return static_cast<std::int8_t>(property - properties_.begin());
  }

  /// The least of what it is written as under all renamings.
  std::string_view canonical(const Some& some) {
    const auto write = [&](const Renaming& renaming) {
      renamed_.clear();
      bytes_.template write<true>(some, renaming, {}, renamed_);
      return renamed_.view();
    };
    canonical_.assign(write(Renaming::none()));
    for (const Renaming& renaming : renamings_) {
      if (const std::string_view bytes = write(renaming); bytes < canonical_) {
        canonical_.assign(bytes);
      }
    }
    return canonical_;
  }

  Setup setup_;
  Configuration configuration_;
  ExploreBounds bounds_;
  std::span<const PropertyText> properties_;
  typename P::Config config_;
  Possible steps_;
  Possible steps_there_;  ///< those of `next_`
  Commuting<P> commuting_;
  std::vector<typename Commuting<P>::Touched> touched_;  ///< by the steps of `base_`
  SituationBytes<P, Witness> bytes_;
  std::vector<Renaming> renamings_;  ///< without the one that changes nothing
  Some base_;
  std::optional<NodeId> round_begun_by_;  ///< by the step taken last, if a timer fired
  Some next_;  ///< changed by the engine alone, which has room for a handler's effects
  Follower follower_{next_};
  Observers<Follower, Witness> observers_{follower_, next_.witness};
  Engine<P, Observers<Follower, Witness>> engine_{config_, observers_};
  Continuation<P, Clients> continuation_;  ///< beyond all bounds
  std::string canonical_;
  ByteBuffer written_;
  ByteBuffer renamed_;
};

}  // namespace synod
