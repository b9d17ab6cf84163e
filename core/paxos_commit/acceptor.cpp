#include "core/paxos_commit/acceptor.h"

#include <type_traits>
#include <variant>

#include "core/paxos/acceptor.h"

namespace synod::paxos_commit::acceptor {
namespace {

template <class M>
inline constexpr bool is_answer =
    std::is_same_v<M, paxos::Promise> || std::is_same_v<M, paxos::Accepted> ||
    std::is_same_v<M, paxos::Nack>;

/// Lets Paxos's acceptor of that instance have the message, and carries out what it asks for.
template <class M>
void let_instance_hear(const Context& context, NodeId leader, const OfInstance<M>& input) {
  const paxos::Config config{context.config.acceptors, context.config.paxos_rules, {}};
  Durable state = context.durable;
  paxos::Output asked_for;
  paxos::acceptor::on({config, context.self, state.instances[input.participant.index], asked_for},
                      leader, input.message);
  context.store(state);
  const auto answer = [&]<class A>(NodeId to, const A& message) {
    if constexpr (is_answer<A>) {
      context.send(to, OfInstance<A>{input.participant, message});
    }
  };
  for (const auto& effect : asked_for) {
    if (const auto* send = std::get_if<paxos::Output::SendOnceDurable>(&effect)) {
      std::visit([&](const auto& message) { answer(send->to, message); }, send->message);
    } else if (const auto* at_once = std::get_if<paxos::Output::Send>(&effect)) {
      std::visit([&](const auto& message) { answer(at_once->to, message); }, at_once->message);
    }
  }
}

}  // namespace

void on(const Context& context, NodeId from, const Prepare& prepare) {
  let_instance_hear(context, from, prepare);
}

/// A participant's first ballot is answered to the coordinator, which counts for all of them (GL
/// 4.2: an acceptor sends its phase 2b messages to the leader).
void on(const Context& context, NodeId from, const Accept& accept) {
  const bool is_first =
      accept.message.ballot == context.config.rules.first_ballot(accept.participant);
  let_instance_hear(context, is_first ? context.config.transaction.coordinator : from, accept);
}

}  // namespace synod::paxos_commit::acceptor
