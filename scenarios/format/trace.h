// A run in a file. A scenario written by hand, a recorded failure, a minimal counterexample and a
// regression test are one format: who takes part, and either the steps, or what to draw them from.
//
// Reading is strict: an unknown field, a wrong type, a node that does not exist, a damaged or too
// new file throws InputError with one line "FILE:LINE: FIELD: what is wrong: what would be right".
// Of a trace that the program recorded, a step's message and timer are not judged, because a
// protocol may have been edited since: a step whose message no longer exists does not apply when
// the trace is replayed, and is counted. What somebody wrote by hand is judged to the letter
// (scenarios/library/hand_written.h). So are options that only another protocol has: they are
// refused there, and left out of what the program recorded, when every protocol had them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/demand.h"
#include "scenarios/format/json_fields.h"
#include "scenarios/format/verdict.h"
#include "scenarios/registry/default_protocol.h"
#include "scenarios/words/input_error.h"
#include "sim/time.h"
#include "sim/world/configuration.h"

namespace synod {

class Located;

inline constexpr std::string_view trace_format = "synod run";
inline constexpr int trace_version = 1;

/// One step in the words of sim/world/step.h, not yet tied to a protocol.
struct TraceStep {
  Time at;
  std::string kind;   ///< one of `step_names`
  PackedJson fields;  ///< the step's own, without `at` and `step`
  /// What came of it when it was recorded, in the words of scenarios/play/step_log.h; for the
  /// reader only, because a replay observes anew. Empty when nobody asked for it, too.
  std::vector<std::string> observations;
  std::size_t line = 0;  ///< in the file it was read from, from 1; 0 if from none

  /// Where it was read from takes no part.
  bool operator==(const TraceStep& other) const {
    return at == other.at && kind == other.kind && fields == other.fields &&
           observations == other.observations;
  }
};

/// What came of the run when it was recorded, or what must come of it.
struct Expectation {
  Verdict verdict = Verdict::holds;
  std::string property;     ///< with `violated`: which
  std::string finding;      ///< with `violated`: the evidence in one sentence; may be empty
  std::string fingerprint;  ///< of the run, 16 hexadecimal digits; may be empty
  bool operator==(const Expectation&) const = default;
};

/// The names that a protocol had when a trace was kept; none where nobody wrote them down.
struct Vocabulary {
  std::vector<std::string> messages;
  std::vector<std::string> timers;
  bool operator==(const Vocabulary&) const = default;
};

/// All but the steps, which may be millions.
struct TraceHead {
  std::string about;  ///< one sentence
  std::string build;  ///< of the program that wrote it; may be empty
  std::string protocol = default_protocol();
  std::vector<std::string> mutants;
  std::vector<std::string> judged_by;  ///< properties; empty: all
  std::optional<std::uint64_t> seed;   ///< where the steps were drawn from; a replay needs none
  bool is_swarm = false;               ///< draw what the configuration does not fix from the seed
  JsonFields configured;               ///< the fields of the configuration that it fixes
  Configuration configuration;         ///< defaults with those fields, and the timed faults
  Demand demand;
  /// A message that is not in flight is taken for another of its kind
  /// (scenarios/play/find_again.h); after the steps the run goes on, fair and free of new faults
  /// (scenarios/play/continuation.h), and only then the demand is judged.
  bool settles = false;
  /// So many steps, the last, lead back to where they began but for higher rounds, and so can be
  /// taken for ever (scenarios/explore/rounds.h). Whoever replays it makes sure of that; the demand
  /// is then judged as at the end of time.
  std::optional<std::size_t> loop;
  Vocabulary known;  ///< so that what is new can be told; see scenarios/play/new_messages.h
  std::optional<Expectation> expect;
  bool has_steps = false;  ///< false: a random form, to be run with seeds

  /// By the program, and not written by hand: it says by which, or what its protocol knew.
  [[nodiscard]] bool is_recorded() const { return !build.empty() || known != Vocabulary{}; }
  bool operator==(const TraceHead&) const = default;
};

struct Trace : TraceHead {
  std::vector<TraceStep> steps;

  /// Without the steps.
  [[nodiscard]] const TraceHead& head() const { return *this; }
  bool operator==(const Trace&) const = default;
};

/// What a reader asks of a trace besides. Throws InputError. `root` is what it was read from.
using TraceJudge = void(const Located& root, const Trace& trace);
/// `file` is for messages only.
Trace parse_trace(std::string_view text, const std::string& file, TraceJudge* judge = nullptr);
/// Judged by scenarios/library/hand_written.h. Throws InputError when the file cannot be read, too.
Trace read_trace(const std::string& path);
/// One step a line; ends with a newline. parse_trace(format_trace(t)) is t. Of the configuration it
/// writes the fields in `configured`; a property and a finding only with `violated`.
std::string format_trace(const Trace& trace);

}  // namespace synod
