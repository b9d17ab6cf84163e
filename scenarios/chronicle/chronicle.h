// A replayed run as plain data, the same for every protocol: what happened in each step, why it
// could happen, and what it led to. Explanations, exports and the viewer all stand on it.
//
// Everything is named by its place: a step by its index in `steps` (which are those that applied;
// `Step::trace_index` is its place in the trace), a message by its index in `messages`. Nodes and
// clients go by their names, n1 and c1.
//
// As JSON (`to_json`) it has the same names and nesting. What is not there is left away: an
// optional without value, an empty text, an empty list, a `false`. Fields without a step of their
// own (`difference`, `rule`, `finding`) are objects. One name more, `votes_to_choose`, is there
// where the protocol's words say how many votes choose a value (scenarios/chronicle/rule_texts.h).
#pragma once

#include <cstddef>
#include <deque>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/chronicle/seldom.h"
#include "scenarios/format/json_fields.h"
#include "scenarios/format/verdict.h"
#include "sim/time.h"
#include "sim/world/configuration.h"

namespace synod {

struct Chronicle {
  using StepIndex = std::size_t;
  using MessageIndex = std::size_t;

  /// A field of a node's state, by the names that the protocol's own `fields` give it:
  /// "promised", "proposer.ballot", "learner.heard[n2]". `part` is "disk" or "memory"; what memory
  /// holds of the disk, written or about to be, is there under "durable.".
  struct Field {
    std::string node;
    std::string_view part;
    std::string name;
    std::string value;
  };
  /// Empty before: it was not there. Empty after: it is gone, with a crash for one.
  struct Change {
    std::string node;
    std::string_view part;
    std::string name;
    std::string before;
    std::string after;
  };
  /// The rule of the protocol that decides about such an input, and where it stands in the papers.
  struct Rule {
    std::string_view name;  ///< as in the protocol's rules.h; empty when there is none
    std::string_view source;
  };
  /// With planted bugs: the node did something else than the correct protocol's node would have
  /// done in the same state, at the same input. Phrases that complete "to": "send promise (…) to
  /// n3", "write vote red@1.n1". What both do is left away.
  struct FirstDifference {
    /// The first question to which one of its rules gave another answer than the correct one does.
    struct Answer {
      std::string_view protocol;  ///< whose rule it is: Paxos Commit has those of Paxos, too
      std::string_view rule;      ///< as in that protocol's rules.h
      std::string question;
      std::string did;
      std::string due;
    };
    std::vector<std::string> did;
    std::vector<std::string> due;
    std::optional<Answer> answer;
    /// What its configuration says to differ; or, without such an answer, of its timing.
    /// "back_off_min is 0 instead of 10"
    std::vector<std::string> settings;
    [[nodiscard]] bool has_any() const { return !did.empty() || !due.empty(); }
    [[nodiscard]] bool empty() const { return !has_any() && !answer && settings.empty(); }
    /// What is to blame, for who counts: the rule that answered otherwise, "paxos.may_accept";
    /// where none did, what its configuration says to differ; else the input at which it did.
    [[nodiscard]] std::string blamed(std::string_view input) const;
  };

  struct Step {
    /// None: the trace's steps were over, and the run went on until it had settled.
    std::optional<std::size_t> trace_index;
    Time at;
    std::string_view kind;  ///< one of `step_names`
    /// Who acts: the node or client that a message is delivered to, that asks, that crashes. Empty
    /// when only the network does: drop, duplicate, cut, heal.
    std::string actor;
    /// What the actor's code was given: the type of the message ("prepare", "request", "answer"),
    /// the name of the timer, or "restart"; of a number drawn and of a write that it is told of,
    /// the name of the step. Empty when it was given nothing.
    std::string input;
    std::string text;                           ///< the step in words, as the log has it
    Seldom<std::vector<std::string>> cut_from;  ///< cut and heal: the links from each of these …
    Seldom<std::vector<std::string>> cut_to;    ///< … to each of these
    std::optional<MessageIndex> packet;         ///< deliver, drop, duplicate: which
    std::vector<MessageIndex> said;  ///< handed to the network, or held back for the disk
    std::vector<MessageIndex> sent;  ///< put in flight: those that were said, or held until now
    std::vector<Change> changes;
    /// What the code under test logged and printed meanwhile: "n1 logs: …", "printed: …".
    Seldom<std::vector<std::string>> logged;
    std::vector<std::string> consequences;  ///< in words, as the log has them
    Seldom<std::string> news;               ///< true of the whole system from here on, in words
    Rule rule;
    Seldom<FirstDifference> difference;
    /// Earlier steps without which this one would not be: the actor's previous one; the one that
    /// put the packet in flight; that set the timer; that issued the write; that crashed the node.
    std::vector<StepIndex> causes;
  };

  struct Message {
    std::string from;
    std::string to;
    std::string type;                       ///< "promise", "request", …
    std::string text;                       ///< "promise (ballot 2.n2, vote red@1.n1)"
    PackedJson fields;                      ///< by name, without `type`
    std::optional<StepIndex> said_in;       ///< none: as the run began
    std::optional<StepIndex> sent_in;       ///< later than said_in: it was held for the disk
    std::optional<MessageIndex> copy_of;    ///< the network doubled that one, in sent_in
    std::optional<StepIndex> delivered_in;  ///< neither this …
    std::optional<StepIndex> dropped_in;    ///< … nor this: it is still in flight, or held,
    bool is_lost_in_crash = false;          ///< or its sender crashed before it could leave; where
                                            ///< the write that it waited for failed, it never does
  };

  struct Skipped {
    std::size_t trace_index = 0;
    Time at;
    std::string kind;
  };

  struct Finding {
    std::string property;
    std::string text;               ///< the evidence in one sentence
    std::optional<StepIndex> step;  ///< where it came about; none: judged at the end
    bool is_outside_fault_model = false;
  };

  /// Of several rules that planted bugs replace, one put right alone: are these steps still in
  /// breach of a property?
  struct PutRight {
    std::string rule;  ///< "paxos.may_accept"; of what is no rule, what differs
    bool holds = false;
  };

  std::string about;
  std::string protocol;
  std::vector<std::string> mutants;
  /// Each of those that are replaced, where they are several and something is violated. Where one
  /// alone lets the steps hold, `difference` is what it made of them: nodes are compared with those
  /// of a protocol in which all but that one is as wrong as in the run.
  std::vector<PutRight> put_right;
  Configuration configuration;
  std::vector<std::string> nodes;    ///< n1, n2, …
  std::vector<std::string> clients;  ///< c1, c2, …
  std::vector<Field> start;          ///< the state before the first step, all of it
  std::vector<std::string> logged;   ///< before the first step; as Step::logged
  std::deque<Step> steps;            ///< which do not move when there are more
  std::deque<Message> messages;      ///< in the order in which they were said
  /// So many of the steps, the last, can be taken for ever; 0: none.
  std::size_t loop = 0;
  std::vector<Skipped> skipped;  ///< steps of the trace that did not apply
  Verdict verdict = Verdict::holds;
  std::string inconclusive;        ///< why, with `inconclusive`
  std::optional<Finding> finding;  ///< with `violated`: the first
};

/// The only one that, put right alone, lets the steps hold; null where that is none, or several.
const Chronicle::PutRight* culprit_of(const std::vector<Chronicle::PutRight>& tried);

/// These steps and all that they causally follow from, in rising order.
std::vector<Chronicle::StepIndex> causal_past(const Chronicle& chronicle,
                                              const std::vector<Chronicle::StepIndex>& of);

nlohmann::ordered_json to_json(const Chronicle& chronicle);

}  // namespace synod
