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
#include "scenarios/play/reports.h"
#include "scenarios/play/step_meter.h"
#include "scenarios/registry/default_protocol.h"
#include "scenarios/registry/registry.h"
#include "scenarios/shrink/shrink_report.h"
#include "scenarios/what_if/what_if.h"
#include "sim/luck.h"
#include "sim/world/configuration.h"

namespace synod {

class OutputCapture;
class StateSpace;
struct Chronicle;
struct ExploreBounds;
struct Vocabulary;

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
  /// The same run again, without its lone proposers: what the decision cost.
  virtual CostReport count_costs(std::uint64_t seed) = 0;
  /// The same run again: which of the rules that are planted has answered wrongly in it, or what
  /// else is to blame (Chronicle::FirstDifference). Empty where nothing is planted, or did no harm.
  virtual std::string blamed(std::uint64_t seed) = 0;
  /// The same run again, with its steps written down.
  virtual Trace record(std::uint64_t seed) = 0;
  /// Takes the steps of a trace, in order; those that do not apply are skipped and counted. Those
  /// of a trace that settles are taken loosely (scenarios/play/find_again.h), and then it goes on
  /// (scenarios/play/continuation.h), unless a property is violated by then.
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

/// Of a replay of this trace. Throws InputError for a protocol, or a property of it, that does not
/// exist, with the nearest that does.
RunChoices choices_of(const Trace& trace);

/// Throws InputError for a protocol or mutant that does not exist, with the nearest that does.
std::unique_ptr<Runner> make_runner(const RunChoices& choices);

}  // namespace synod
