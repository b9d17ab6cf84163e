#include "scenarios/texts/texts.h"

namespace synod {
namespace {

using enum TextVerdict;

// ---- Paxos --------------------------------------------------------------------------------------

constexpr Experiment a1[] = {
    {"a proposer takes over any of the values that are reported to it", "sd-pick-any", "", unsafe}};

constexpr Experiment a2[] = {
    {"an acceptor accepts only the value that it accepted before", "sd-accept-same-value-only", "",
     not_live},
    {"the same, judged by safety alone", "sd-accept-same-value-only", "", safe, false}};

constexpr Experiment a3[] = {{"a promise reports the value of the Prepare that came before",
                              "sd-promise-reports-prepared", "", unsafe}};

constexpr Experiment a4[] = {
    {"all of its protocol steps as they stand, A1, A2 and A3 together", "ct-plain-english", "",
     not_live},
    {"the same, judged by safety alone", "ct-plain-english", "", safe, false}};

constexpr Experiment a5[] = {
    {"a Prepare is compared with what was accepted", "sd-prepare-cmp-accepted", "", unsafe}};

constexpr Experiment a6[] = {{"an acceptor accepts only the very ballot that it promised",
                              "ct-accept-only-equal", "", safe}};

constexpr Experiment a7[] = {
    {"an equal number is promised again, and ballots bear their proposer's name",
     "ct-prepare-equal", "", safe},
    {"an equal number is promised again, and two proposers may use the same", "sd-ballot-collision",
     "", unsafe}};

constexpr Experiment a8[] = {
    {"half of an even number of nodes is a quorum", "sd-quorum-half", "", unsafe}};

constexpr Experiment a9[] = {
    {"Paxos whose quorums are all nodes: one crash, and it waits as 2PC does; and no node can say "
     "no",
     "sd-all-must-vote", "", not_live},
    {"Paxos Commit with one acceptor, which is 2PC message for message", "",
     "paxos_commit_without_faults_is_two_phase_commit", safe}};

constexpr Experiment a10[] = {{"a reported value is taken over only if a majority reports it",
                               "sd-pick-majority-only", "", unsafe}};

constexpr Experiment a11[] = {
    {"the acceptors are correct; a read is answered with the value that a majority holds, in "
     "whatever ballots",
     "rd-majority-same-value", "late_messages_and_reads", unsafe}};

constexpr Experiment a12[] = {{"correct Paxos: a node has accepted blue, and red is chosen", "",
                               "paxos_out_of_date_node", safe}};

constexpr Experiment a13[] = {
    {"whoever proposes last proposes its own value", "sd-pick-own", "", unsafe},
    {"correct Paxos: blue is proposed last, and red stays chosen", "", "paxos_late_proposer_adopts",
     safe}};

constexpr Experiment a14[] = {{"the clock steps back over a restart: numbers are used twice",
                               "sd-ballot-reuse-restart", "", unsafe},
                              {"one clock is fast, and the others propose by their own clocks only",
                               "sd-fast-clock", "", not_live}};

constexpr Experiment a15[] = {
    {"a restarted acceptor has lost its vote", "sd-volatile-accept", "", unsafe},
    {"a restarted acceptor has lost its promise", "sd-volatile-promise", "crash_and_restart",
     unsafe}};

constexpr Experiment a16[] = {
    {"N/2 + 1 without rounding down: all 3 of 3", "sd-real-division", "", not_live},
    {"a majority of the others, besides oneself: all 3 of 3", "sd-majority-of-others", "",
     not_live}};

constexpr Experiment a17[] = {{"a client is told so although an Accept with its value has left",
                               "rd-fail-but-applied", "", unsafe}};

constexpr Experiment a18[] = {{"Accept without Prepare", "sd-skip-phase1", "", unsafe}};

constexpr Experiment a19[] = {
    {"the accept phase is repeated with another value", "sd-value-change", "", unsafe},
    {"correct Paxos: repeated in the same ballot with the same value", "",
     "paxos_read_without_majority", safe}};

constexpr Experiment a20[] = {
    {"accepting promises nothing, and an older vote overwrites a newer one", "sd-accept-no-bump",
     "late_messages", unsafe},
    {"accepting promises nothing, but the newer vote stays", "ct-keep-max", "", safe}};

// ---- Atomic commit ------------------------------------------------------------------------------

constexpr Experiment a21[] = {{"whoever takes over aborts when all whom it reaches are prepared",
                               "c2-takeover-abort", "", unsafe},
                              {"whoever takes over commits when all whom it reaches are prepared",
                               "c2-takeover-commit", "", unsafe}};

constexpr Experiment a22[] = {
    {"a coordinator that has sent pre-commit aborts when an acknowledgement is missing",
     "c3-abort-on-missing-ack", "", unsafe}};

constexpr Experiment a23[] = {
    {"three-phase commit whose coordinator is slow, not dead", "c3-slow-coordinator", "", unsafe}};

constexpr Experiment a24[] = {
    {"three-phase commit when links are cut", "c3-partition", "", unsafe},
    {"the very partition of the sentence", "", "three_phase_commit_partition", unsafe},
    {"Paxos in a partition", "", "paxos_partition_and_merge", safe}};

constexpr TextSentence sentences[] = {
    {"A1", "PE", "The Leader picks any of these values", unsafe, a1,
     "An older vote wins over a newer one that a quorum already stands behind.",
     "The value of the highest-numbered proposal among the promises.",
     "Lamport, Paxos Made Simple, 2.2, phase 2(a)"},
    {"A2", "PE", "Value is same as any of the previously accepted proposals", not_live, a2,
     "Each acceptor is pinned to its first value. Two majorities can never differ, and a vote that "
     "is split once stays split.",
     "Accept unless a higher ballot was promised, whatever the value.",
     "Lamport, Paxos Made Simple, 2.2, phase 2(b)"},
    {"A3", "PE", "If x > y, reply ‘agree’ along with P2(y, v2)", unsafe, a3,
     "The value of a proposal that nobody ever accepted hides one that was accepted.",
     "A promise reports the highest-numbered proposal that was accepted, never one that was only "
     "prepared.",
     "Lamport, Paxos Made Simple, 2.2, phase 1(b)"},
    {"A4", "PE", "any of these values … same as any of the previously accepted … along with P2",
     not_live, a4,
     "The three errors hide each other: no run ever agrees on two values, so that who looks for "
     "disagreement only calls it correct. What it breaks is progress.",
     "All three rules at once.", "Lamport, Paxos Made Simple, 2.2"},
    {"A5", "PE", "compare x to the highest seq number proposal it has already agreed to", unsafe,
     a5,
     "Read as what it accepted: a promise is then no promise, for a lower Prepare is answered "
     "after "
     "a higher one.",
     "Compare with the highest Prepare that was answered.",
     "Lamport, Paxos Made Simple, 2.2, phase 1(b)"},
    {"A6", "PE", "Seq number is the highest proposal number the Acceptor has agreed to", safe, a6,
     "An acceptor that missed the Prepare must refuse the Accept, which only takes longer.",
     "Accept the promised ballot or a higher one.", "Lamport, Paxos Made Simple, 2.2, phase 2(b)"},
    {"A7", "PE", "If x < y, reply ‘reject’ … If x > y, reply ‘agree’", safe, a7,
     "Nothing is said of x = y. While no two proposers share a number it can only be a copy; once "
     "they can, two values are proposed in one ballot.",
     "Ballots are unique; then an equal number is the same proposer's.",
     "Lamport, Paxos Made Simple, 2.2: different proposals have different numbers"},
    {"A8", "PE", "Paxos does not block even if half the nodes fail to reply", unsafe, a8,
     "Not to block then, half of an even number must do, and two halves need not meet.",
     "More than half must answer.", "Lamport, Paxos Made Simple, 2.1"},
    {"A9", "PE", "2PC is a specific case of Paxos", misleading, a9,
     "Consensus has no veto: a node may be late, but it cannot refuse. With all nodes in the "
     "quorum "
     "it only blocks as 2PC does.",
     "2PC is Paxos Commit with one acceptor: one instance of Paxos for each participant's vote.",
     "Gray and Lamport, Consensus on Transaction Commit, 5"},
    {"A10", "HB",
     "detect if a majority of nodes have already accepted an old value, and change its proposal to "
     "match",
     unsafe, a10, "The one promise that reports the chosen value is passed over.",
     "Take over the vote with the highest ballot, even if a single promise reports it.",
     "Lamport, Paxos Made Simple, 2.2, phase 2(a)"},
    {"A11", "HB", "takes the value that the majority of the processes in the system hold", unsafe,
     a11,
     "Votes for one value in different ballots look like a choice and are none: two reads are told "
     "two values, over acceptors that do everything right. It takes four ballots.",
     "A value is chosen when a majority accepted it in one ballot; a read that must be sure runs a "
     "ballot itself.",
     "Lamport, Paxos Made Simple, 2.1 and 2.3"},
    {"A12", "HB", "now the value can never change after acceptance has started", misleading, a12,
     "It cannot be built, for it is what a witness would have to check, and it would cry wolf: a "
     "value that only a minority accepted may vanish.",
     "Only what is chosen stays.", "Lamport, Paxos Made Simple, 2.2: P2"},
    {"A13", "HB", "value proposed last should take precedence", misleading, a13,
     "Ballots order attempts, not values. What is built for it in good faith is a proposer that "
     "insists on its own.",
     "What was chosen first stays; a later ballot takes it over.",
     "Lamport, Paxos Made Simple, 2.2: P2c"},
    {"A14", "HB", "derivatives of precise system time and node number", unsafe, a14,
     "Safe for as long as no number comes twice. Clocks step back, and run apart.",
     "Any numbers that are unique and rise, over restarts too, and above those heard of.",
     "Lamport, Paxos Made Simple, 2.5; CASSANDRA-5667, -9649 and -11991"},
    {"A15", "HB", "they might have failed and recovered with an out of date state", unsafe, a15,
     "Taken for normal; and neither text says that promises and votes must be on disk before they "
     "are spoken.",
     "An acceptor writes its answer to stable storage before it sends it.",
     "Lamport, Paxos Made Simple, 2.5"},
    {"A16", "HB", "a majority ($N/2 + 1$) … promises from a majority of other processes", not_live,
     a16, "With three nodes both readings need all three, and one crash is too many.",
     "N/2 rounded down, plus 1, and one's own counts.", "Lamport, Paxos Made Simple, 2.1"},
    {"A17", "HB", "the proposal is aborted and the client is informed that the write failed",
     unsafe, a17,
     "True before an Accept has left. Afterwards the next proposer may find the vote and finish "
     "it.",
     "Once an Accept has left, the outcome is unknown until something is chosen.",
     "Herlihy and Wing, Linearizability, 1990; CASSANDRA-6013"},
    {"A18", "HB", "which didn't do this step of sending a first message", unsafe, a18,
     "The text expects a stalemate. It is worse: two majorities, one after the other.",
     "No Accept without the promises of a majority.", "Lamport, Paxos Made Simple, 2.2, phase 1"},
    {"A19", "HB", "repeating the accept phase to get more nodes", safe, a19,
     "Right if nothing else is repeated than what was sent. With another value it is a second "
     "proposal in the same ballot.",
     "One ballot, one value, however often it is sent.", "Lamport, Paxos Made Simple, 2.2"},
    {"A20", "PE", "a promise that the Acceptor would reject all future proposal requests < x",
     unsafe, a20,
     "Accepting, too, must keep lower ballots out, or an old vote overwrites the newer.",
     "Accepting a ballot promises it; or the newer vote is kept, which comes to the same.",
     "Lamport, Paxos Made Simple, 2.2: P1a, taken to hold for what is accepted; CASSANDRA-17162"},
    {"A21", "PE", "can get in touch with all the other nodes to discover their votes", unsafe, a21,
     "Whom it cannot reach may have decided the other way already.",
     "Ask everybody, the old coordinator too, and wait for one who knows or has not voted.",
     "Bernstein, Hadzilacos and Goodman, 7.4, cooperative termination"},
    {"A22", "PE", "if all nodes do not acknowledge, the coordinator aborts the transaction", unsafe,
     a22,
     "Even where nodes only crash and time-outs tell the truth: the coordinator has aborted, and "
     "the survivors, pre-committed, commit.",
     "After pre-commit a missing acknowledgement means a crash, and the coordinator commits.",
     "Skeen, Nonblocking Commit Protocols, 1981"},
    {"A23", "PE", "every other RM would have received and acknowledged", unsafe, a23,
     "Only if a time-out proves a crash. Whoever was slow goes on and commits, when the others "
     "have "
     "aborted.",
     "3PC needs perfect failure detection; without it, a majority must decide.",
     "Skeen, Nonblocking Commit Protocols, 1981; Gray and Lamport, Consensus on Transaction "
     "Commit"},
    {"A24", "PE", "this will result in each partition electing a recovery node", right, a24,
     "As the text says: each side decides, and they differ.",
     "A side decides only with a majority.", "Lamport, Paxos Made Simple, 2.1"},
};

}  // namespace

std::string_view to_text(TextVerdict verdict) {
  switch (verdict) {
    case unsafe:
      return "UNSAFE";
    case not_live:
      return "NON-LIVE";
    case safe:
      return "SAFE";
    case misleading:
      return "MISLEADING";
    case right:
      return "RIGHT";
  }
  return {};
}

std::span<const TextSentence> text_sentences() { return sentences; }

}  // namespace synod
