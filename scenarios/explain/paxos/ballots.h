// What the chronicle of a run of Paxos says of its ballots: who opened each, who promised with
// which report, what was proposed, who voted. For Paxos Commit the same, in each instance.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ballot.h"
#include "scenarios/chronicle/chronicle.h"
#include "scenarios/explain/story.h"

namespace synod {

struct Opened {
  std::string node;
  StepIndex step = 0;
};
struct Promised {
  std::string node;
  std::string to;
  std::string vote;  ///< that it reported: "red@1.n1", "none"
  StepIndex step = 0;
  Fate fate{};
};
struct Proposed {
  std::string node;
  std::string value;
  StepIndex step = 0;     ///< it left in
  StepIndex said_in = 0;  ///< the last in which it was
  std::vector<Lost> lost;
  /// When what had to be on disk first began to be written, if that took other steps.
  std::optional<StepIndex> begun_in;
};
struct Voted {
  std::string node;
  std::string value;
  StepIndex step = 0;  ///< on disk, or said: whichever came first
};

/// A promise that was made and never left the node.
struct Unsaid {
  std::string node;
  StepIndex step = 0;
  bool has_crashed = false;  ///< before it could
};

struct Refused {
  std::string node;
  StepIndex step = 0;
  bool is_vote = false;  ///< that it was asked for, not a promise
};

struct BallotRecord {
  std::string instance;  ///< the participant whose vote is agreed on; empty in Paxos
  Ballot ballot;
  std::vector<Opened> openings;  ///< one, but for what a bug does
  std::vector<Promised> promises;
  std::vector<Unsaid> unsaid_promises;
  std::vector<Refused> refusals;
  std::vector<Lost> prepares_lost;
  std::vector<Proposed> proposals;
  std::vector<Voted> votes;

  [[nodiscard]] std::vector<std::string> voters_for(std::string_view value) const;
  [[nodiscard]] std::vector<StepIndex> vote_steps_for(std::string_view value) const;
};

/// A value that a quorum has voted for in one ballot.
struct Choice {
  const BallotRecord* ballot = nullptr;
  std::string value;
  StepIndex step = 0;  ///< of the vote that made it one
};

struct Ballots {
  std::vector<BallotRecord> records;  ///< in the order of their first mention
  bool has_votes_for_other = false;   ///< on a disk: for what nobody had proposed
  std::size_t acceptors = 0;          ///< the first so many of the nodes
  std::size_t phase1_size = 0;        ///< of a quorum
  std::size_t phase2_size = 0;

  Ballots(const Chronicle& chronicle, std::size_t acceptor_count, std::size_t phase1,
          std::size_t phase2);
  [[nodiscard]] const BallotRecord* find(std::string_view instance, Ballot ballot) const;
  [[nodiscard]] bool is_opened_in(StepIndex step) const;
  /// In the order in which they came about.
  [[nodiscard]] std::vector<Choice> choices() const;

 private:
  BallotRecord& record(const std::string& instance, const std::string& ballot);
  void add_message(const Chronicle& chronicle, Chronicle::MessageIndex index, const Fate& fate);
  void add_written_votes(const Chronicle::Step& step, StepIndex index);
  static void add_vote(BallotRecord& record, const Voted& vote);
};

/// Of Paxos itself: every node is an acceptor.
Ballots ballots_of_paxos(const Chronicle& chronicle);

}  // namespace synod
