// What properties of Paxos are told, in the words of the paper. Each event comes before the history
// takes note of it, unless it says otherwise.
#pragma once

#include "core/ballot.h"
#include "core/ids.h"
#include "core/one_decision.h"
#include "core/paxos/messages.h"

namespace synod::paxos {

/// "Spoken" is the moment a message leaves its sender. A duplicate made by the network is not
/// spoken again.
struct PrepareSpoken {
  NodeId proposer;
  Ballot ballot;
};
struct PromiseSpoken {
  NodeId acceptor;
  Promise promise;
  const Durable& disk;  ///< the acceptor's, at that moment
};
struct AcceptSpoken {
  NodeId proposer;
  Vote proposal;
  bool is_first = false;  ///< the first with this ballot and value
};
struct AcceptedSpoken {
  NodeId acceptor;
  Vote vote;
  const Durable& disk;
};
/// An acceptor's vote has become durable or was spoken, for the first time.
struct VoteCast {
  NodeId acceptor;
  Vote vote;
};
/// A quorum has voted for this value in this ballot, for the first time.
struct ValueChosen {
  Vote vote;
  NodeSet voters;
};
struct DiskChanged {
  NodeId node;
  const Durable& before;
  const Durable& after;
};
struct NodeRestarted {
  NodeId node;
};
struct DecisionLearned {
  NodeId node;
  Value value;
};
struct AnswerSpoken {
  NodeId node;
  Answer answer;
};
/// A client has its answer, all its attempts considered.
struct AnswerReturned {
  Request request;
  Answer answer;
};

}  // namespace synod::paxos
