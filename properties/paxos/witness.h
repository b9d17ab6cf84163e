// The witness of a run of Paxos: hears what the engine reports, keeps the history, and puts every
// event to every property. It looks at what changed, not at everything.
#pragma once

#include <span>
#include <string_view>
#include <tuple>

#include "core/fields.h"
#include "core/paxos/node.h"
#include "properties/finding.h"
#include "properties/paxos/agreement.h"
#include "properties/paxos/ballots_rise.h"
#include "properties/paxos/client_answers_true.h"
#include "properties/paxos/decided_implies_chosen.h"
#include "properties/paxos/durable_before_visible.h"
#include "properties/paxos/events.h"
#include "properties/paxos/history.h"
#include "properties/paxos/learners_agree.h"
#include "properties/paxos/one_value_per_ballot.h"
#include "properties/paxos/probes.h"
#include "properties/paxos/promises_kept.h"
#include "properties/paxos/proposals_safe.h"
#include "properties/paxos/sometimes.h"
#include "properties/paxos/truthful_promise.h"
#include "properties/paxos/validity.h"
#include "properties/witness_skeleton.h"
#include "sim/world/observation.h"
#include "sim/world/world.h"

namespace synod::paxos {

/// In the order in which they are asked: where one event breaks several, the one closest to the
/// wrong line is named, except that two chosen values are always called that.
using Properties = std::tuple<Agreement, DecidedImpliesChosen, LearnersAgree, PromisesKept,
                              TruthfulPromise, DurableBeforeVisible, OneValuePerBallot, BallotsRise,
                              ProposalsSafe, Validity, ClientAnswersTrue>;

class Witness : public WitnessSkeleton<Protocol, History, Properties, Probes> {
  using Skeleton = WitnessSkeleton<Protocol, History, Properties, Probes>;

 public:
  using World = synod::World<Protocol>;
  using Skeleton::on;
  static constexpr std::span<const NamedText> probe_texts = paxos::probe_texts;

  /// `given_up` are names of properties that what runs gives up by design; they must outlive the
  /// witness.
  void start(const QuorumSystem& quorums, std::span<const std::string_view> given_up = {}) {
    history_.start(quorums);
    Skeleton::start(given_up);
  }
  /// The run is over.
  void finish() { probes_.finish(history_); }

  static constexpr std::span<const NamedText> sometimes_texts = paxos::sometimes_texts;
  /// Bit i: the i-th of `sometimes_texts`.
  [[nodiscard]] std::uint8_t sometimes_shown() const { return paxos::sometimes_shown(history_); }
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, as_base<Skeleton>(self));
  }
  [[nodiscard]] bool is_decided() const { return !history_.chosen().is_none(); }
  /// What has become true of the whole system, in words, since `chosen` was the choice.
  [[nodiscard]] std::string news_since_decided(bool was_decided) const {
    const Vote chosen = history_.chosen();
    return was_decided || chosen.is_none()
               ? std::string()
               : fmt::format("{} is chosen, in ballot {} by {}", chosen.value, chosen.ballot,
                             history_.voters(chosen));
  }

  void on(const World& world, const Sent<Protocol>& sent) {
    if (sent.is_duplicate) {
      return;
    }
    const NodeId from = sent.packet.from.node();
    if (const auto* message = std::get_if<Message>(&sent.packet.payload)) {
      if (const auto* promise = std::get_if<Promise>(message)) {
        tell(PromiseSpoken{from, *promise, world[from].disk});
        history_.promise(from, promise->ballot);
      } else if (const auto* accepted = std::get_if<Accepted>(message)) {
        const Vote vote{accepted->ballot, accepted->value};
        tell(AcceptedSpoken{from, vote, world[from].disk});
        cast(from, vote);
      } else if (const auto* accept = std::get_if<Accept>(message)) {
        propose(from, {accept->ballot, accept->value});
      } else if (const auto* prepare = std::get_if<Prepare>(message)) {
        tell(PrepareSpoken{from, prepare->ballot});
      }
    } else if (const auto* answer = std::get_if<AnswerFor<Protocol>>(&sent.packet.payload)) {
      tell(AnswerSpoken{from, *answer});
    }
  }

  void on(const World& /*world*/, const Delivered<Protocol>& delivered) {
    if (const auto* message = std::get_if<Message>(&delivered.packet.payload)) {
      const NodeId from = delivered.packet.from.node();
      probes_.on(history_, from, *message);
      history_.arrive(from, delivered.packet.to.node(), *message);
    }
  }

  void on(const World& world, const WriteIssued& issued) { probes_.on(world, issued); }

  void on(const World& /*world*/, const Stored<Protocol>& stored) {
    tell(DiskChanged{stored.node, stored.before, stored.after});
    if (stored.after.vote != stored.before.vote &&
        history_.is_asked_for(stored.node, stored.after.vote)) {
      cast(stored.node, stored.after.vote);
    }
  }

  void on(const World& /*world*/, const Learned<Protocol>& learned) {
    tell(DecisionLearned{learned.node, learned.value});
    history_.learn(learned.value);
  }

  void on(const World& world, const Crashed& crashed) { probes_.on(world, crashed); }

  void on(const World& /*world*/, const Restarted& restarted) {
    tell(NodeRestarted{restarted.node});
  }

  void on(const World& /*world*/, const Called<Protocol>& called) { history_.call(called.request); }

  void on(const World& /*world*/, const Returned<Protocol>& returned) {
    tell(AnswerReturned{returned.request, {returned.request.id, returned.result}});
    if (returned.result.outcome == Outcome::not_chosen) {
      history_.refuse(returned.request.operation.value);
    }
  }

 private:
  void propose(NodeId proposer, Vote proposal) {
    tell(AcceptSpoken{proposer, proposal, history_.is_new(proposal)});
    history_.propose(proposal);
  }

  void cast(NodeId acceptor, Vote vote) {
    if (history_.has_voted(acceptor, vote)) {
      return;
    }
    tell(VoteCast{acceptor, vote});
    if (history_.becomes_chosen(history_.vote(acceptor, vote), vote)) {
      tell(ValueChosen{vote, history_.voters(vote)});
      history_.choose(vote);
    }
  }
};

}  // namespace synod::paxos
