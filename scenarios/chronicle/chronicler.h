// Writes a run down as a Chronicle, while the engine takes its steps. Linear in their number.
//
// The engine reports what happens; which message it is, and what a step follows from, is worked out
// here: by the slot of a packet in flight, by the order in which held packets wait, by who acted
// last.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/text.h"
#include "scenarios/chronicle/chronicle.h"
#include "scenarios/chronicle/first_difference.h"
#include "scenarios/chronicle/inputs.h"
#include "scenarios/chronicle/rule_texts.h"
#include "scenarios/format/step_json.h"
#include "scenarios/play/guest_log.h"
#include "scenarios/play/step_log.h"
#include "scenarios/words/field_texts.h"
#include "scenarios/words/step_text.h"
#include "sim/world/observation.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P>
class Chronicler {
 public:
  /// All must outlive it. `correct` is the configuration without planted bugs, or null; `printed`
  /// catches what is printed in a step, or is null.
  Chronicler(const typename P::Config& config, const typename P::Config* correct,
             Chronicle& chronicle, OutputCapture* printed = nullptr)
      : differences_(config, correct), chronicle_(chronicle), printed_(printed) {}
  // `story_` writes into `told_`.
  Chronicler(const Chronicler&) = delete;
  Chronicler& operator=(const Chronicler&) = delete;

  /// Every node has started.
  void start(const World<P>& world) {
    add_printed();
    chronicle_.logged = step_.logged.take();
    for (const NodeId node : world.node_ids()) {
      chronicle_.nodes.push_back(to_text(node));
      look_at(world, node);
      put_down(node, "disk", states_[node.index].disk_texts);
      put_down(node, "memory", states_[node.index].memory_texts);
    }
    for (std::uint8_t i = 0; i < world.client_count; ++i) {
      chronicle_.clients.push_back(to_text(ClientId{i}));
    }
    note_held(world);
    has_started_ = true;
  }

  // ---- What the runner tells
  // ---------------------------------------------------------------------

  /// A step is about to be tried.
  void before(const World<P>& world, std::optional<std::size_t> trace_index, const Step<P>& step) {
    step_ = {};
    step_.trace_index = trace_index;
    packet_ = find_packet(world, step.action);
    is_write_finishing_ = std::holds_alternative<FinishWriteStep>(step.action);
  }
  void tell_news(const std::string& news) { chronicle_.steps.back().news = news; }
  void tell_finding(const Finding& /*finding*/, bool /*is_last*/) {
    violated_in_ = chronicle_.steps.size() - 1;
  }
  void tell_aside(const std::string& /*text*/) const {}  // is not of a step of the trace
  void tell_skipped(std::size_t trace_index, Time at, std::string_view kind) {
    chronicle_.skipped.push_back({trace_index, at, std::string(kind)});
  }
  /// Where the first violation came about; none when it has not, or was judged at the end.
  [[nodiscard]] std::optional<Chronicle::StepIndex> violated_in() const { return violated_in_; }

  // ---- What the engine tells
  // ---------------------------------------------------------------------

  void on(const World<P>& /*world*/, const Sent<P>& sent) {
    if (sent.slot >= in_flight_.size()) {
      in_flight_.resize(sent.slot + 1U);
    }
    Chronicle::MessageIndex index = 0;
    if (const auto held = take_held(sent.packet.from)) {
      index = *held;
    } else if (sent.is_duplicate) {
      index = chronicle_.messages.size();
      chronicle_.messages.push_back(Chronicle::Message(chronicle_.messages[packet_]));
      chronicle_.messages[index].copy_of = packet_;
    } else {
      index = say(sent.packet);
    }
    in_flight_[sent.slot] = index;
    chronicle_.messages[index].sent_in = current();
    step_.sent.push_back(index);
  }

  void on(const World<P>& world, const Delivered<P>& delivered) {
    if (!delivered.packet.to.is_node()) {
      return;
    }
    const NodeId node = delivered.packet.to.node();
    look_for_difference(world, node, world[node].node, written_by(world, node), taking(delivered));
  }

  void on(const World<P>& world, const TimerFired<P>& fired) {
    step_.input = input_name(fired);
    add_cause(states_[fired.node.index].timer_set_in[static_cast<std::size_t>(fired.timer)]);
    look_for_difference(world, fired.node, world[fired.node].node, written_by(world, fired.node),
                        taking(fired));
  }

  void on(const World<P>& world, const LuckGiven& given) {
    step_.input = input_name(given);
    if constexpr (asks_for_luck<P>) {
      look_for_difference(world, given.node, world[given.node].node, written_by(world, given.node),
                          taking(given));
    }
  }

  void on(const World<P>& world, const Restarted& restarted) {
    step_.input = input_name(restarted);
    add_cause(states_[restarted.node.index].crashed_in);
    look_for_difference(world, restarted.node, {}, world[restarted.node].disk,
                        taking(world, restarted));
  }

  void on(const World<P>& /*world*/, const TimerSet<P>& set) {
    states_[set.node.index].timer_set_in[static_cast<std::size_t>(set.timer)] = current();
  }
  void on(const World<P>& /*world*/, const WriteIssued& issued) {
    states_[issued.node.index].writes_issued_in.push_back(current());
  }
  void on(const World<P>& world, const Stored<P>& stored) {
    std::deque<std::optional<Chronicle::StepIndex>>& issued =
        states_[stored.node.index].writes_issued_in;
    if (!issued.empty()) {
      add_cause(issued.front());
      issued.pop_front();
    }
    if (is_write_finishing_ && step_.input.empty()) {  // else a crash has let it reach the disk
      take_write_done(world, stored.node, 1, {});
    }
    story_.on(world, stored);
  }
  void on(const World<P>& world, const WritesFailed<P>& failed) {
    std::deque<std::optional<Chronicle::StepIndex>>& issued =
        states_[failed.node.index].writes_issued_in;
    std::for_each(issued.begin(), issued.end(), [&](const auto& step) { add_cause(step); });
    issued.clear();
    std::erase_if(held_, [&](const Held& held) { return held.node == failed.node; });
    take_write_done(world, failed.node, failed.count, {.has_failed = true});
    story_.on(world, failed);
  }
  void on(const World<P>& world, const Crashed& crashed) {
    states_[crashed.node.index].crashed_in = current();
    states_[crashed.node.index].writes_issued_in.clear();
    std::erase_if(held_, [&](const Held& held) {
      const bool is_lost = held.node == crashed.node;
      chronicle_.messages[held.message].is_lost_in_crash |= is_lost;
      return is_lost;
    });
    if (is_write_finishing_ && crashed.is_between_write_and_send) {
      step_.input = {};  // it was not told any more
      step_.difference = {};
    }
    story_.on(world, crashed);
  }
  void on(const World<P>& world, const Learned<P>& learned) { story_.on(world, learned); }
  void on(const World<P>& world, const EntryApplied<P>& applied) { story_.on(world, applied); }
  void on(const World<P>& world, const Returned<P>& returned) { story_.on(world, returned); }

  void on(const World<P>& /*world*/, const Logged& logged) {
    add_logged(logged_by(logged.node), logged.line);
  }

  void on(const World<P>& world, const Applied<P>& applied) {
    add_printed();
    std::visit([&](const auto& action) { describe(action); }, applied.step.action);
    step_.at = world.now;
    step_.text = to_text<P>(applied.step.action);
    step_.rule = rule_for(P::name, step_.input);
    note_held(world);
    if (actor_ && actor_->is_node()) {
      look_at(world, actor_->node());
    }
    if (actor_) {
      std::optional<Chronicle::StepIndex>& last = last_step_of_[actor_->index];
      add_cause(last);
      last = current();
    }
    std::sort(step_.causes.begin(), step_.causes.end());
    story_.on(world, applied);
    step_.consequences = std::move(told_.back());
    told_.clear();
    chronicle_.steps.push_back(std::move(step_));
  }

 private:
  struct NodeRecord {
    typename P::Node memory{};
    typename P::Durable disk{};
    bool is_up = false;
    FieldTexts memory_texts;  ///< none while it is down
    FieldTexts disk_texts;
    std::array<std::optional<Chronicle::StepIndex>, P::timer_count> timer_set_in;
    std::deque<std::optional<Chronicle::StepIndex>> writes_issued_in;
    std::optional<Chronicle::StepIndex> crashed_in;
  };
  /// A message that waits for the disk. In the order of World::held.
  struct Held {
    NodeId node;
    Chronicle::MessageIndex message = 0;
  };

  /// The index that the step being applied is going to have; none while the nodes start.
  [[nodiscard]] std::optional<Chronicle::StepIndex> current() const {
    return has_started_ ? std::optional(chronicle_.steps.size()) : std::nullopt;
  }
  void add_cause(std::optional<Chronicle::StepIndex> cause) {
    if (cause &&
        std::find(step_.causes.begin(), step_.causes.end(), *cause) == step_.causes.end()) {
      step_.causes.push_back(*cause);
    }
  }

  /// The one that a step is about; of no use where it is about none, or does not apply.
  Chronicle::MessageIndex find_packet(const World<P>& world, const Action<P>& action) const {
    typename InFlight<P>::Slot slot = 0;
    const bool is_found = std::visit(
        [&](const auto& one) {
          if constexpr (requires { one.packet; }) {
            return world.in_flight.try_find(one.packet, one.hint.slot, slot);
          }
          return false;
        },
        action);
    return is_found ? in_flight_[slot] : 0;
  }

  // ---- What the code under test says
  // -------------------------------------------------------------

  void add_printed() {
    if (printed_ != nullptr) {
      add_logged(printed_prefix, printed_->end());
    }
  }
  void add_logged(std::string_view prefix, std::string_view text) {
    std::vector<std::string> lines = step_.logged.take();
    add_guest_lines(lines, prefix, text);
    step_.logged = std::move(lines);
  }
  /// Where nodes are told of their writes; of so many now.
  void take_write_done(const World<P>& world, NodeId node, std::uint32_t count, WriteDone done) {
    if constexpr (is_told_of_writes<P>) {
      step_.input = input_name(done);
      look_for_difference(world, node, world[node].node, written_by(world, node),
                          taking(done, count));
    }
  }
  /// What is printed by copies of the node, which take its input to be compared, is nobody's.
  template <class TakeInput>
  void look_for_difference(const World<P>& world, NodeId node, const typename P::Node& before,
                           const typename P::Durable& written, TakeInput take_input) {
    const auto now = local_now(world, node);
    if (printed_ == nullptr) {
      step_.difference = differences_.find(before, written, now, take_input);
      return;
    }
    add_printed();
    printed_->begin();
    step_.difference = differences_.find(before, written, now, take_input);
    printed_->end();
    printed_->begin();
  }

  // ---- Who acts, and on what
  // ---------------------------------------------------------------------

  void act(Endpoint actor) {
    actor_ = actor;
    step_.actor = to_text(actor);
  }
  template <class SomeStep>
  void describe(const SomeStep& step) {
    step_.kind = SomeStep::name;
    actor_.reset();
    if constexpr (std::is_same_v<SomeStep, AskStep<RequestFor<P>>>) {
      act(Endpoint::of(step.request.id.client));
    } else if constexpr (std::is_same_v<SomeStep, AbandonStep>) {
      act(Endpoint::of(step.client));
    } else if constexpr (requires { step.packet; }) {
      describe_packet(step);
    } else if constexpr (requires { step.node; }) {
      act(Endpoint::of(step.node));
    } else {
      step_.cut_from = names_of(step.from);
      step_.cut_to = names_of(step.to);
    }
  }
  template <class SomeStep>
  void describe_packet(const SomeStep& step) {
    Chronicle::Message& message = chronicle_.messages[packet_];
    step_.packet = packet_;
    add_cause(message.sent_in);
    if constexpr (std::is_same_v<SomeStep, DeliverStep<P>>) {
      act(step.packet.to);
      step_.input = message.type;
      message.delivered_in = current();
    } else if constexpr (std::is_same_v<SomeStep, DropStep<P>>) {
      message.dropped_in = current();
    }
  }
  static std::vector<std::string> names_of(EndpointSet endpoints) {
    std::vector<std::string> names;
    for (std::uint8_t index = 0; index < endpoint_count_max; ++index) {
      if (endpoints.contains({index})) {
        names.push_back(to_text(Endpoint{index}));
      }
    }
    return names;
  }

  // ---- Messages
  // ----------------------------------------------------------------------------------

  Chronicle::MessageIndex say(const Packet<P>& packet) {
    const Chronicle::MessageIndex index = chronicle_.messages.size();
    Chronicle::Message message;
    message.from = to_text(packet.from);
    message.to = to_text(packet.to);
    message.text = message_text(packet.payload);
    JsonFields fields;
    write_message(packet.payload, fields.json());
    message.type = *text_of(fields.json(), "type");
    erase_member(fields.json(), "type");
    message.fields = fields;
    message.said_in = current();
    chronicle_.messages.push_back(std::move(message));
    step_.said.push_back(index);
    return index;
  }
  /// What the sender's oldest held message is, when it is one of those that leaves now: that is
  /// when a write has finished.
  std::optional<Chronicle::MessageIndex> take_held(Endpoint from) {
    if (!is_write_finishing_) {
      return std::nullopt;
    }
    const auto held = std::find_if(held_.begin(), held_.end(),
                                   [&](const Held& one) { return Endpoint::of(one.node) == from; });
    if (held == held_.end()) {
      return std::nullopt;
    }
    const Chronicle::MessageIndex message = held->message;
    held_.erase(held);
    return message;
  }
  /// Those at the end of World::held that are new.
  void note_held(const World<P>& world) {
    for (std::size_t i = held_.size(); i < world.held.size(); ++i) {
      held_.push_back({world.held[i].node, say(world.held[i].packet)});
    }
  }

  // ---- State
  // -------------------------------------------------------------------------------------

  static typename P::Durable written_by(const World<P>& world, NodeId node) {
    typename P::Durable written = world[node].disk;
    for (const PendingWrite<P>& write : world.writes) {
      if (write.node == node) {
        store_write<P>(written, write.state);
      }
    }
    return written;
  }

  /// Puts down what has changed since this node was looked at last.
  void look_at(const World<P>& world, NodeId id) {
    NodeRecord& record = states_[id.index];
    const NodeState<P>& now = world[id];
    if (record.disk_texts.empty() || !(record.disk == now.disk)) {
      record.disk = now.disk;
      compare(id, "disk", record.disk_texts, field_texts(now.disk, world.node_count));
    }
    if (record.is_up != now.is_up || !(record.memory == now.node)) {
      record.memory = now.node;
      record.is_up = now.is_up;
      compare(id, "memory", record.memory_texts,
              now.is_up ? field_texts(now.node, world.node_count) : FieldTexts{});
    }
  }
  void compare(NodeId node, std::string_view part, FieldTexts& known, FieldTexts now) {
    for_each_change(
        known, now,
        [&](const std::string& name, const std::string& before, const std::string& after) {
          step_.changes.push_back({to_text(node), part, name, before, after});
        });
    known = std::move(now);
  }
  void put_down(NodeId node, std::string_view part, const FieldTexts& fields) {
    for (const auto& [name, value] : fields) {
      chronicle_.start.push_back({to_text(node), part, name, value});
    }
  }

  DifferenceFinder<P> differences_;
  Chronicle& chronicle_;
  OutputCapture* printed_;
  std::vector<std::vector<std::string>> told_;
  StepLog<P> story_{nullptr, &told_};
  Chronicle::Step step_;  ///< that is being applied
  std::optional<Endpoint> actor_;
  Chronicle::MessageIndex packet_ = 0;  ///< that the step is about, if it is about one
  bool is_write_finishing_ = false;
  std::vector<Chronicle::MessageIndex> in_flight_;  ///< by slot
  std::vector<Held> held_;
  std::array<NodeRecord, node_count_max> states_{};
  std::array<std::optional<Chronicle::StepIndex>, endpoint_count_max> last_step_of_{};
  std::optional<Chronicle::StepIndex> violated_in_;
  bool has_started_ = false;
};

}  // namespace synod
