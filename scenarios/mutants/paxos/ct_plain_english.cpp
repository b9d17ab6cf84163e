#include <array>
#include <string_view>

#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

constexpr std::array<std::string_view, 2> gives_up = {
    "truthful_promise",  // a promise reports what was agreed to last, which need not be a vote
    "proposals_safe",    // any reported value is proposed; pinned acceptors refuse all but one
};

/// The text's acceptor keeps two values: that of the proposal which it agreed to last, and that
/// which it accepted. Both are kept where correct Paxos keeps the value of its vote, in such a way
/// that together they never look like a vote.
struct Kept {
  Value agreed;
  Value accepted;  ///< the first, and so for ever
};
constexpr unsigned agreed_shift = 16;

Kept unpacked(const Durable& acceptor) {
  const std::uint32_t both = acceptor.vote.value.number;
  return {{both >> agreed_shift}, {both & ((1U << agreed_shift) - 1)}};
}

Durable packed(Ballot ballot, Kept kept, std::uint32_t round_tried) {
  const Value both{kept.agreed.number << agreed_shift | kept.accepted.number};
  return {ballot, {ballot, both}, round_tried};
}

/// "reply 'agree' along with P2(y, v2)", "the highest seq number proposal it has already agreed to"
Vote report_agreed(const Durable& acceptor) {
  const Kept kept = unpacked(acceptor);
  return kept.agreed.is_none() ? Vote{} : Vote{acceptor.promised, kept.agreed};
}

Durable agree(Durable acceptor, Ballot ballot, Value value) {
  Kept kept = unpacked(acceptor);
  if (!value.is_none()) {  // the text has no reads, whose Prepare has no value
    kept.agreed = value;
  }
  return packed(ballot, kept, acceptor.round_tried);
}

/// "The Leader picks any of these values (or if no values have been accepted yet, uses its own)"
Value pick_any(NodeSet promised_by, const Votes& reported, Value own) {
  for (const NodeId acceptor : promised_by) {
    if (!reported[acceptor.index].is_none()) {
      return reported[acceptor.index].value;
    }
  }
  return own;
}

/// "Value is same as any of the previously accepted proposals" and "Seq number is the highest
/// proposal number the Acceptor has agreed to"
bool accept_same(const Durable& acceptor, Ballot ballot, Value value) {
  const Kept kept = unpacked(acceptor);
  return ballot == acceptor.promised && (kept.accepted.is_none() || kept.accepted == value);
}

Durable accept(Durable acceptor, Ballot ballot, Value value) {
  return packed(ballot, {value, value}, acceptor.round_tried);
}

/// The text has nobody ask an acceptor for its vote.
Vote tell_nothing(const Durable& /*acceptor*/) { return {}; }

/// A value leaves with the Prepare, and another leader may pick it.
Outcome never_sure(bool /*was_value_sent*/) { return Outcome::unknown; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "ct-plain-english",
             .about = "the text to the letter: \"picks any of these values\", \"same as any of the "
                      "previously accepted proposals\", \"agree along with P2(y, v2)\"",
             .source = "Paxos in Plain English, protocol steps; three errors that hide each other",
             .faults = "none",
             .property = "progress",
             .cluster = "3 nodes, 2 proposers",
             .kind = MutantKind::control,
             .gives_up = gives_up},
    .plant =
        [](Config& config) {
          config.rules.vote_to_report = &report_agreed;
          config.rules.after_promise = &agree;
          config.rules.value_to_propose = &pick_any;
          config.rules.may_accept = &accept_same;
          config.rules.after_accept = &accept;
          config.rules.vote_to_tell = &tell_nothing;
          config.rules.outcome_of_giving_up = &never_sure;
        },
    .set_up =
        [](Configuration& configuration) {
          // Majorities are what the text is about, and what pinned acceptors need to be safe.
          reset_options_that_follow_nodes(configuration);
        },
});

}  // namespace
}  // namespace synod::paxos
