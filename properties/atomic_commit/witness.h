// The witness of a run of an atomic-commit protocol. One for all of them: `Words` translates what a
// protocol writes and says.
//
//   using Protocol
//   nodes_restart                                     in the protocol's fault model
//   vote_in(from, message) -> std::optional<bool>     a vote of its sender: yes or no
//   vote_on(node, disk) -> bool                       the node's yes is on its disk
//   decision_in(message) -> Decision                  its sender's; none when it tells none
//   decision_on(disk) -> Decision
//   is_time_out(timer) -> bool                        its node gives up on somebody
//   borne(property) -> AccidentSet                    the protocol promises that property in spite
//                                                     of these accidents
#pragma once

#include <fmt/format.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>

#include "core/fields.h"
#include "core/one_decision.h"
#include "core/text.h"
#include "properties/atomic_commit/abort_validity.h"
#include "properties/atomic_commit/atomicity.h"
#include "properties/atomic_commit/commit_validity.h"
#include "properties/atomic_commit/events.h"
#include "properties/atomic_commit/history.h"
#include "properties/atomic_commit/irrevocability.h"
#include "properties/atomic_commit/probes.h"
#include "properties/atomic_commit/sometimes.h"
#include "properties/atomic_commit/termination.h"
#include "properties/fault_model.h"
#include "properties/finding.h"
#include "properties/witness_skeleton.h"
#include "sim/world/observation.h"
#include "sim/world/world.h"

namespace synod::atomic_commit {

/// In the order in which they are asked: two decisions are always called that, whatever else is
/// wrong with them.
using Properties = std::tuple<Atomicity, CommitValidity, Irrevocability, AbortValidity>;

template <class Words>
class Witness : public WitnessSkeleton<typename Words::Protocol, History, Properties, Probes> {
  using Skeleton = WitnessSkeleton<typename Words::Protocol, History, Properties, Probes>;
  using Skeleton::findings_;
  using Skeleton::history_;
  using Skeleton::probes_;
  using Skeleton::tell;

 public:
  using P = typename Words::Protocol;
  using Skeleton::on;
  /// Without the last where nodes do not come back.
  static constexpr std::span<const NamedText> probe_texts =
      std::span<const NamedText>(atomic_commit::probe_texts)
          .first(atomic_commit::probe_texts.size() - (Words::nodes_restart ? 0 : 1));

  /// Violations of the properties named in `given_up` are none; the names must outlive the run.
  void start(const Transaction& transaction, Duration delay_max, Duration disk_max,
             std::span<const std::string_view> given_up = {}) {
    history_.start(transaction);
    accidents_.start(delay_max, disk_max);
    Skeleton::start(given_up);
  }

  /// The run is over.
  void finish() {}

  static constexpr std::span<const NamedText> sometimes_texts = atomic_commit::sometimes_texts;
  /// Bit i: the i-th of `sometimes_texts`.
  [[nodiscard]] std::uint8_t sometimes_shown() const {
    return atomic_commit::sometimes_shown(history_);
  }
  /// What the verdicts to come depend on, by name. Findings and probes are none of it, nor how long
  /// things have been under way: see `begin_now`.
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, as_base<Skeleton>(self));
    visit("accidents", self.accidents_);
  }
  /// All that is under way in this world counts as begun now.
  void begin_now(const World<P>& world) { accidents_.begin_now(world); }
  [[nodiscard]] bool is_decided() const { return history_.is_decided(); }
  /// Who has voted yes, and must hear the decision from others.
  [[nodiscard]] NodeSet uncertain() const { return history_.voted_yes(); }
  [[nodiscard]] std::string news_since_decided(bool was_decided) const {
    return was_decided || !history_.is_decided()
               ? std::string()
               : fmt::format("{} is decided", history_.deciders(Decision::commit).is_empty()
                                                  ? Decision::abort
                                                  : Decision::commit);
  }
  /// Who waits for whom at the end.
  [[nodiscard]] std::string blocked_text(const World<P>& world, NodeSet learned) const {
    return atomic_commit::blocked_text(history_, world.nodes_up(), learned);
  }
  /// Why this run is beyond what the protocol promises to bear; empty when it is not.
  [[nodiscard]] AccidentSet accidents_beyond() const {
    return accidents_.happened() - Words::borne(findings_.first().property);
  }
  [[nodiscard]] std::string outside_fault_model() const {
    return beyond(Words::borne(findings_.first().property), accidents_.happened());
  }

  void on(const World<P>& world, const Sent<P>& sent) {
    accidents_.on(world, sent);
    if (sent.is_duplicate) {
      return;
    }
    if (const auto* message = std::get_if<typename P::Message>(&sent.packet.payload)) {
      const NodeId from = sent.packet.from.node();
      if (const std::optional<bool> vote = Words::vote_in(from, *message)) {
        cast(from, *vote);
      }
      if (const Decision decision = Words::decision_in(*message); decision != Decision::none) {
        decide(from, decision);
        probes_.told(history_, from, sent.packet.to.node());
      }
    } else if (const auto* answer = std::get_if<Answer>(&sent.packet.payload)) {
      if (answer->result.outcome == Outcome::chosen) {
        decide(sent.packet.from.node(), decision_of(answer->result.value));
      }
    }
  }
  void on(const World<P>& /*world*/, const Stored<P>& stored) {
    if (Words::vote_on(stored.node, stored.after)) {
      cast(stored.node, true);
    }
    if (const Decision decision = Words::decision_on(stored.after); decision != Decision::none) {
      decide(stored.node, decision);
    }
  }
  void on(const World<P>& /*world*/, const Learned<P>& learned) {
    decide(learned.node, decision_of(learned.value));
  }
  void on(const World<P>& world, const Crashed& crashed) {
    accidents_.on(world, crashed);
    probes_.on(history_, crashed);
  }
  void on(const World<P>& world, const Restarted& restarted) {
    accidents_.on(world, restarted);
    probes_.on(history_, restarted);
  }
  void on(const World<P>& world, const Applied<P>& applied) { accidents_.on(world, applied); }
  void on(const World<P>& world, const TimerFired<P>& fired) {
    accidents_.on(world, fired);
    if (Words::is_time_out(fired.timer)) {
      history_.time_out();
    }
  }
  void on(const World<P>& world, const Delivered<P>& delivered) { accidents_.on(world, delivered); }
  void on(const World<P>& world, const WriteIssued& issued) { accidents_.on(world, issued); }
  void on(const World<P>& world, const Skewed& skewed) { accidents_.on(world, skewed); }

 private:
  void cast(NodeId participant, bool is_yes) {
    if (is_yes) {
      history_.vote_yes(participant);
    } else {
      history_.vote_no(participant);
    }
  }
  void decide(NodeId node, Decision decision) {
    if (decision == Decision::abort && !history_.transaction().can_commit(node)) {
      cast(node, false);  // with this it has voted, before it has said so
    }
    if (decision != Decision::none && history_.decision(node) != decision) {
      tell(NodeDecided{node, decision, accidents_.happened()});
      history_.decide(node, decision);
    }
  }

  AccidentWatch<P> accidents_;
};

}  // namespace synod::atomic_commit
