// Runs: the one place where a world meets its schedule and its properties, so that the command
// line, the tests and the benchmarks run the same thing.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/named_text.h"
#include "properties/finding.h"
#include "scenarios/default_protocol.h"
#include "scenarios/mutants/mutant.h"
#include "scenarios/shrink_report.h"
#include "scenarios/step_meter.h"
#include "scenarios/undemanded.h"
#include "scenarios/verdict.h"
#include "scenarios/what_if.h"
#include "sim/configuration.h"
#include "sim/luck.h"

namespace synod {

class Located;
class OutputCapture;
class StateSpace;
struct Chronicle;
struct Cluster;
struct ExploreBounds;
struct Rung;
struct Vocabulary;

struct RunReport {
  Verdict verdict = Verdict::holds;
  Finding finding;                ///< with `violated`
  std::string_view inconclusive;  ///< why, with `inconclusive`; a literal
  std::string_view limit;         ///< of the simulator, that ended the run; empty: none. A literal
  std::uint64_t steps = 0;
  std::uint64_t fingerprint = 0;
  std::uint64_t probes = 0;             ///< bit i: the i-th of the protocol's probes was reached
  bool is_decided = false;              ///< a value was chosen
  bool is_outside_fault_model = false;  ///< with `violated`: the protocol promised no better
  Undemanded undemanded = Undemanded::is_demanded;  ///< why only safety was judged, if it was
  Ending ending = Ending::broken;
};

struct PendingReport {
  std::uint64_t steps = 0;  ///< that the schedule drew
  std::uint64_t pending = 0;
};

/// What a run's first decision cost.
struct CostReport {
  bool is_decided = false;     ///< a node learned a decision; else the rest is nothing
  std::uint64_t messages = 0;  ///< between different nodes, sent until then
  std::uint64_t ticks = 0;     ///< from the first client's call
};

/// A fault among the steps of a hand-written list that touched nothing.
struct InertFault {
  std::size_t step = 0;  ///< index into the trace's steps
  std::string why;
};

struct ReplayReport {
  Verdict verdict = Verdict::holds;
  Finding finding;
  std::string inconclusive;
  std::uint64_t steps_applied = 0;
  std::uint64_t steps_skipped = 0;           ///< they did not apply to the world any more
  std::optional<std::size_t> first_skipped;  ///< index into the trace's steps
  std::uint64_t steps_after = 0;             ///< of the continuation, where the trace settles
  std::vector<InertFault> inert;             ///< scenarios/inert_faults.h
  std::uint64_t fingerprint = 0;
};

/// Of a trace's steps, the share that must still apply: with less, that nothing was violated says
/// nothing, and the verdict is inconclusive.
inline constexpr Ratio applied_share_min{1, 2};
constexpr bool applies_enough(const ReplayReport& report) {
  const std::uint64_t steps = report.steps_applied + report.steps_skipped;
  return report.steps_applied * applied_share_min.denominator >=
         steps * applied_share_min.numerator;
}

/// Told one line at a time, as the run goes on.
using Log = std::function<void(const std::string& line)>;

/// Told before each step that a replay takes: its place in the trace, or none where the run goes on
/// behind it. Whether the step applies is not known yet.
using BeforeStep = std::function<void(std::optional<std::size_t> trace_index)>;

/// Runs one protocol, with its planted bugs if any. Not for several threads at once; one each.
class Runner {
 public:
  virtual ~Runner() = default;

  /// Tells of the steps that runs and replays take from now on; those that have a progress of their
  /// own tell that. What is told may end one by throwing something: the runner is fit for others.
  virtual void attend(OnSteps on_steps) = 0;

  /// From now on, of replays.
  virtual void before_steps(BeforeStep before_step) = 0;
  /// From now on a log and a chronicle tell what is printed in a step; null: no more. It must
  /// outlive what is told.
  virtual void catch_printed(OutputCapture* capture) = 0;

  /// A run drawn from a seed. Its configuration is drawn too, but for what the scenario fixes.
  virtual RunReport run(std::uint64_t seed) = 0;
  /// The same run again: before each step, how many events lay in the schedule's queue, summed up.
  /// For measuring.
  virtual PendingReport count_pending(std::uint64_t seed) = 0;
  /// The same run again, without its solos: what the decision cost.
  virtual CostReport count_costs(std::uint64_t seed) = 0;
  /// The same run again, with its steps written down.
  virtual Trace record(std::uint64_t seed) = 0;
  /// Takes the steps of a trace, in order; those that do not apply are skipped and counted. Those
  /// of a trace that settles are taken loosely (scenarios/find_again.h), and then it goes on
  /// (scenarios/continuation.h), unless a property is violated by then.
  /// Tells `log`, if there is one, what happens.
  virtual ReplayReport replay(const Trace& trace, const Log* log) = 0;
  /// The trace that was replayed last: the steps that applied, those of its continuation among
  /// them, and what came of them now. It does not go on.
  virtual Trace last_replayed() = 0;
  /// Takes the steps again, and sets the observations of each: what came of it, in the words of
  /// `log`. None where a step does not apply, or the run is over.
  virtual void observe(Trace& trace) = 0;
  /// Takes the steps again, and writes down all that they were, and why they could be. With planted
  /// bugs, also where the correct protocol would have gone another way. Linear in the steps.
  virtual Chronicle chronicle(const Trace& trace) = 0;

  /// The names of the messages and timers that the protocol has.
  [[nodiscard]] virtual Vocabulary vocabulary() const = 0;
  /// What its world can be in, within bounds, for an exhaustive search. Of the configuration the
  /// cluster counts, and the number of clients.
  [[nodiscard]] virtual std::unique_ptr<StateSpace> state_space(
      const Configuration& configuration, const ExploreBounds& bounds) const = 0;

  /// Makes a trace that violates a property as short and simple as can be; see shrinker.h. With
  /// more effort, counted in steps taken, it looks further.
  virtual ShrinkReport shrink(const Trace& trace, std::uint64_t effort,
                              const OnShrink& on_progress) = 0;
  /// What would have come of it, had the rest been drawn anew at each of its steps?
  virtual WhatIf what_if(const Trace& trace, const WhatIfOptions& options,
                         const OnWhatIf& on_progress) = 0;

  /// Summed over all runs so far.
  [[nodiscard]] virtual const FaultCounts& fault_counts() const = 0;
  /// In how many runs so far each fault was enabled.
  [[nodiscard]] virtual const FaultCounts& fault_enabled_counts() const = 0;

  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

 protected:
  Runner() = default;
};

/// Where the configuration of a run comes from, if no scenario fixes it.
enum class Strategy : std::uint8_t {
  swarm,    ///< drawn from the seed, as everything else: sizes, rates, which faults there are
  uniform,  ///< always the same, every fault independent of the others: what others are measured by
};

struct RunChoices {
  std::string protocol = default_protocol();
  std::vector<std::string> mutants;
  /// A scenario's random form, or none for everything drawn.
  std::shared_ptr<const Trace> scenario;
  Strategy strategy = Strategy::swarm;
  /// Properties that are not judged, by name; the names are literals.
  std::vector<std::string_view> overlooked;
  bool has_checkers = true;  ///< false: for measuring what they cost
  /// Progress is demanded in however little time: by who compares with the correct protocol.
  bool demands_in_any_time = false;
};

/// What can be run. How its runs are told is not here, for runs do without: a protocol that has
/// words of its own registers them beside (scenarios/protocol_words.h).
/// A field of what clients ask, for the schema.
struct OperationField {
  enum class Kind : std::uint8_t { words, whole_number, yes_or_no, value, other };
  std::string_view name;
  Kind kind = Kind::other;
  std::span<const std::string_view> words;  ///< all that it can be, where it has words
  bool may_be_left_out = false;
};

struct ProtocolEntry {
  /// Protocols are listed by this, lowest first, and then by name.
  int rank = 1000;
  NamedText text;
  std::span<const PropertyText> properties;
  std::span<const NamedText> probes;  ///< at most 64
  std::vector<MutantText> (*mutants)() = nullptr;
  std::unique_ptr<Runner> (*make)(const RunChoices& choices) = nullptr;
  /// Throws InputError where a step of a file names what the protocol does not have; see
  /// scenarios/step_names.h.
  void (*expect_names)(const Located& step, Cluster cluster) = nullptr;
  /// Of its own; null where it has none.
  const DeclaredOptions* options = nullptr;
  std::vector<OperationField> (*operation_fields)() = nullptr;
  bool decides = true;  ///< something, which all nodes must then come to know
  /// The clusters and bounds in which the shortest counterexamples are looked for, from the
  /// smallest on, when `breaks` is the property that is broken. Null: usual_ladder()
  /// (scenarios/explore/ladder.h).
  std::vector<Rung> (*ladder)(std::string_view breaks) = nullptr;
  /// What it calls its attempts, whose numbers rise without end: "ballot", "term", "view". Empty:
  /// it has none. See scenarios/explore/rounds.h.
  std::string_view round_name;
  bool has_reads = false;  ///< clients may ask without a value; see Requests::any
  /// It promises nothing where time-outs lie and nodes come back. A search keeps to that, unless it
  /// is told otherwise.
  bool is_fail_stop = false;
  /// Its nodes are told when a write is durable, so that one may fail.
  bool is_told_of_writes = false;
};

/// Those of its own; none where it has none.
inline std::span<const OptionText> texts_of_options(const ProtocolEntry& protocol) {
  return protocol.options == nullptr ? std::span<const OptionText>() : protocol.options->texts();
}

/// Defined at namespace scope in the protocol's own file, it adds the protocol to those that there
/// are. A name that is there already ends the program with a message.
class RegisteredEntry {
 public:
  explicit RegisteredEntry(const ProtocolEntry& entry);
};

/// In the order in which they are best met: by rank. Complete when main begins.
std::span<const ProtocolEntry> protocols();
/// Null for one that does not exist.
const ProtocolEntry* find_protocol(std::string_view name);
/// So one does that does not exist.
inline bool is_one_that_decides(std::string_view protocol) {
  const ProtocolEntry* const entry = find_protocol(protocol);
  return entry == nullptr || entry->decides;
}
/// Throws InputError for one that does not exist, with the nearest that does.
const ProtocolEntry& protocol_named(std::string_view name);
/// Throws InputError for a mutant of no protocol, with the nearest that some protocol has.
const ProtocolEntry& protocol_of_mutant(std::string_view slug);

/// The others of a protocol's properties, for `RunChoices::overlooked`: to judge by these alone.
/// Throws InputError for one that the protocol does not have, with the nearest that it has.
std::vector<std::string_view> all_properties_but(const ProtocolEntry& protocol,
                                                 const std::vector<std::string>& judged);

/// Throws InputError for a protocol or mutant that does not exist, with the nearest that does.
std::unique_ptr<Runner> make_runner(const RunChoices& choices);

}  // namespace synod
