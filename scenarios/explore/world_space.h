// The state space of any protocol that the runner takes (see protocol_runner.h): a situation is
// read from its bytes (situation.h), and to each that a step leads to, the engine takes it. Which
// steps could be next is said in possible_steps.h, and in step_kinds.h what each is to a search;
// what has come about in a situation in decided.h, and what may become of it in outlooks.h.
//
// Of `Setup` it also asks:
//
//   interchangeable(configuration)   the nodes that nothing but their names tells apart, as long as
//                                    clients ask only others
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "scenarios/explore/bounds.h"
#include "scenarios/explore/canonical_form.h"
#include "scenarios/explore/decided.h"
#include "scenarios/explore/follower.h"
#include "scenarios/explore/outlooks.h"
#include "scenarios/explore/possible_steps.h"
#include "scenarios/explore/renamings.h"
#include "scenarios/explore/rounds.h"
#include "scenarios/explore/situation.h"
#include "scenarios/explore/sleep_sets.h"
#include "scenarios/explore/state_hash.h"
#include "scenarios/explore/state_space.h"
#include "scenarios/explore/step_kinds.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/format/step_json.h"
#include "scenarios/format/trace.h"
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
  using Some = Situation<P, Witness>;
  using Possible = PossibleSteps<P, Witness, Clients>;
  using Kinds = StepKinds<P>;

  /// The configuration is as it is when its mutants have set it up.
  WorldSpace(Setup setup, const Configuration& configuration, const ExploreBounds& bounds,
             std::span<const PropertyText> properties)
      : setup_(std::move(setup)),
        configuration_(configuration),
        bounds_(bounds),
        properties_(properties),
        config_(setup_.make_config(configuration_)),
        kinds_(bounds),
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
      canonical_.start(renamings(configuration_, bounds_, setup_.interchangeable(configuration_)));
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
    if (canonical_.has_renamings()) {
      bytes_.read(state.bytes, base_);
      bytes += canonical_.write(bytes_, base_);
    } else {
      bytes += state.bytes;
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
    return outlooks_.look(base_, judges_idle);
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
      if (!try_take(*step) || !kinds_.is_within(next_.spent)) {
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

  /// Whether `next_` is where the step leads from `base_`, within the bounds.
  bool try_from_base(const Step<P>& step, Successors& successors) {
    next_.assign(base_);
    const bool is_taken = try_take(step);
    successors.is_bounded = successors.is_bounded || !is_taken;
    return is_taken;
  }
  /// Returns false when the step lies beyond a bound on rounds or time-outs.
  bool try_take(const Step<P>& step) {
    const std::optional<NodeId> node = Kinds::who_may_begin(step);
    const std::uint32_t round_before = node ? round_at(*node) : 0;
    round_begun_by_.reset();
    engine_.apply(next_.world, step);
    kinds_.spend(step, base_.world, next_.spent);
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
  [[nodiscard]] std::uint32_t round_at(NodeId node) const {
    return highest_round(next_.world[node].node);
  }

  /// To the state that `next_` is in, by the step at this place.
  typename Successors::Way& add_way(Successors& successors, const Step<P>& step,
                                    std::size_t place) {
    typename Successors::Way& way = successors.add();
    way.step = static_cast<std::uint16_t>(place);
    way.begins_round = round_begun_by_;
    way.is_accident = Kinds::is_accident(step, base_.spent, next_.spent);
    describe(next_, base_.world.node_ids() - kinds_.changed_by(step, base_.world), way.state);
    return way;
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
    state.has_decided = has_decided<Clients>(some);
    const std::string_view told =
        canonical_.has_renamings() ? canonical_.write(bytes_, some) : written_.view();
    state.fingerprint = hash_of_bytes(told, static_cast<std::uint64_t>(state.violation));
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

  // ---- The steps of traces ----------------------------------------------------------------------

  /// Is it among those that are explored, from `base_`?
  [[nodiscard]] bool could_be_taken(const Step<P>& step) {
    const auto* const ask = std::get_if<AskStep<RequestFor<P>>>(&step.action);
    return kinds_.is_explored(step) && (ask == nullptr || steps_.lists(base_, *ask));
  }
  /// A step from a file does not know where its packet is.
  void find_packet(Step<P>& step) const {
    if (auto* drop = std::get_if<DropStep<P>>(&step.action)) {
      base_.world.in_flight.try_find(drop->packet, drop->hint.slot, drop->hint.slot);
    }
  }
  /// In the run of a trace, time goes on only until the next timer can fire.
  static Time time_of(const Step<P>& step, const World<P>& world) {
    const auto* fire = std::get_if<FireStep<P>>(&step.action);
    if (fire == nullptr) {
      return world.now;
    }
    const ArmedTimer& timer = world[fire->node].timers[static_cast<std::size_t>(fire->timer)];
    return std::max(world.now, Time{static_cast<std::uint64_t>(timer.earliest.ticks)});
  }

  Setup setup_;
  Configuration configuration_;
  ExploreBounds bounds_;
  std::span<const PropertyText> properties_;
  typename P::Config config_;
  Kinds kinds_;
  Possible steps_;
  Possible steps_there_;  ///< those of `next_`
  Commuting<P> commuting_;
  std::vector<typename Commuting<P>::Touched> touched_;  ///< by the steps of `base_`
  SituationBytes<P, Witness> bytes_;
  CanonicalForm<P, Witness> canonical_;
  Outlooks<Setup> outlooks_{setup_, configuration_, bounds_, config_};
  Some base_;
  std::optional<NodeId> round_begun_by_;  ///< by the step taken last, if a timer fired
  Some next_;  ///< changed by the engine alone, which has room for a handler's effects
  Follower<P, Witness> follower_{next_};
  Observers<Follower<P, Witness>, Witness> observers_{follower_, next_.witness};
  Engine<P, decltype(observers_)> engine_{config_, observers_};
  ByteBuffer written_;
};

}  // namespace synod
