#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/text.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/run/runner.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/nearest.h"
#include "scenarios/words/safe_text.h"
#include "scenarios/words/words.h"
#include "tools/completion/registered_words.h"
#include "tools/explore/explore.h"
#include "tools/long_work/interrupt.h"
#include "tools/long_work/progress_line.h"
#include "tools/support/build_identity.h"
#include "tools/support/choose.h"
#include "tools/support/files.h"
#include "tools/support/print.h"
#include "tools/support/say.h"
#include "tools/support/verbs.h"

namespace synod {
namespace {

/// "--ballots-max", in a program whose protocols have ballots.
struct RoundsOption {
  std::string_view round_name;
  std::optional<std::uint64_t> max;
};

/// Bounds that are not given are those of the protocol: see `bounds_of`.
struct ExploreOptions {
  Choices choices;
  std::optional<std::uint64_t> nodes;
  std::optional<std::uint64_t> clients;
  std::vector<RoundsOption> rounds_max;  ///< one for each name that a protocol has for them
  std::optional<std::uint64_t> timeouts_max;
  std::string timeouts;  ///< any or true
  std::uint32_t crashes_max = 0;
  std::uint32_t crash_effects_max = 0;
  std::optional<std::uint64_t> restarts_max;
  std::uint32_t losses_max = 0;
  std::uint32_t duplicates_max = 0;
  std::uint32_t requests_max = ExploreBounds().requests_max;
  std::uint32_t abandons_max = 0;
  std::uint32_t retries_max = 0;
  std::uint32_t failed_writes_max = 0;
  std::uint32_t cuts_max = 0;
  std::optional<std::uint64_t> depth_max;
  std::string network = "unordered";
  std::string requests = "own";
  bool has_slow_writes = false;
  bool has_symmetry = false;
  bool has_sleep_sets = false;
  bool is_exact = false;
  bool has_lasso = false;
  unsigned workers = 0;  ///< 0: as many as the machine has cores
  std::string memory = "4G";
  std::optional<double> seconds;
  std::string trace;  ///< file; empty: none
  std::string json;   ///< file; empty: none
  std::string dot;    ///< file; empty: none
};

/// Throws InputError for a name that is none of `names`, with what would be right.
template <class Enum, std::size_t Count>
Enum enum_named(std::string_view option, std::string_view name,
                const std::array<std::string_view, Count>& names) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    throw InputError(fmt::format("explore: {} \"{}\": {}", option, name, right_name(name, names)));
  }
  return static_cast<Enum>(found - names.begin());
}

/// The scenario's cluster, or three nodes and a client; what is given goes before that.
Configuration cluster_of(const ExploreOptions& options, const RunChoices& choices) {
  Configuration configuration;
  hold_options(configuration, protocol_named(choices.protocol).options);
  if (choices.scenario) {
    if (!choices.scenario->configuration.faults.empty()) {
      throw InputError(
          "explore: the scenario gives faults a time, and a search has none: leave them out, and "
          "say how many there may be, as in --cuts-max 1");
    }
    apply_fields(choices.scenario->configured.json(), configuration);
  }
  if (options.nodes) {
    set_node_count(configuration, static_cast<std::uint32_t>(*options.nodes));
  }
  if (options.clients) {
    configuration.client_count = static_cast<std::uint32_t>(*options.clients);
  }
  apply_protocol_options("explore", options.choices, choices.protocol, configuration);
  return configuration;
}

/// For the help.
std::string fail_stop_names() {
  std::vector<std::string> names;
  for (const ProtocolEntry& protocol : protocols()) {
    if (protocol.is_fail_stop) {
      names.emplace_back(protocol.text.name);
    }
  }
  return names.empty() ? "fail-stop protocols" : listed(names);
}

/// The names that the protocols of this program have for their rounds, each once.
std::vector<std::string_view> round_names() {
  std::vector<std::string_view> names;
  for (const ProtocolEntry& protocol : protocols()) {
    const std::string_view name = protocol.round_name;
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(name);
    }
  }
  return names;
}

/// Where the protocol has none, any bound on them holds. Throws InputError where it has others.
void keep_rounds(const ExploreOptions& options, const RunChoices& choices, ExploreBounds& bounds) {
  const std::string_view own = protocol_named(choices.protocol).round_name;
  for (const RoundsOption& option : options.rounds_max) {
    if (!option.max || own.empty()) {
      continue;
    }
    if (option.round_name != own) {
      throw InputError(fmt::format("explore: {}: {} has no {}s, but {}s: {}",
                                   rounds_option(option.round_name), choices.protocol,
                                   option.round_name, own, rounds_option(own)));
    }
    bounds.rounds_max = static_cast<std::uint32_t>(*option.max);
  }
}

/// A fail-stop protocol promises nothing where time-outs lie and nodes come back. A timer that
/// fires again and again needs a bound where that fills the network.
ExploreBounds bounds_of(const ExploreOptions& options, const RunChoices& choices) {
  const bool is_fail_stop = protocol_named(choices.protocol).is_fail_stop;
  ExploreBounds bounds;
  bounds.network = enum_named<Network>("--network", options.network, network_names);
  bounds.timeouts = options.timeouts.empty()
                        ? (is_fail_stop ? Timeouts::truth : Timeouts::any)
                        : enum_named<Timeouts>("--timeouts", options.timeouts, timeouts_names);
  const bool has_end = bounds.network == Network::set || bounds.timeouts == Timeouts::truth;
  bounds.timeouts_max = static_cast<std::uint32_t>(
      options.timeouts_max.value_or(has_end ? ExploreBounds::unlimited : 0));
  keep_rounds(options, choices, bounds);
  bounds.crashes_max = options.crashes_max;
  bounds.crash_effects_max = options.crash_effects_max;
  bounds.restarts_max = static_cast<std::uint32_t>(
      options.restarts_max.value_or(is_fail_stop ? 0 : options.crashes_max));
  bounds.losses_max = options.losses_max;
  bounds.duplicates_max = options.duplicates_max;
  bounds.requests_max = options.requests_max;
  bounds.abandons_max = options.abandons_max;
  bounds.retries_max = options.retries_max;
  bounds.failed_writes_max = options.failed_writes_max;
  bounds.cuts_max = options.cuts_max;
  bounds.requests = enum_named<Requests>("--requests", options.requests, requests_names);
  bounds.has_slow_writes = options.has_slow_writes;
  bounds.has_symmetry = options.has_symmetry;
  return bounds;
}

ExplorePlan plan_of(const ExploreOptions& options) {
  ExplorePlan plan;
  Choices but_options = options.choices;  // which go with --nodes
  but_options.options.clear();
  plan.choices = run_choices("explore", but_options);
  plan.configuration = cluster_of(options, plan.choices);
  plan.bounds = bounds_of(options, plan.choices);
  plan.search.workers = job_count(options.workers);
  plan.search.is_exact = options.is_exact;
  plan.search.has_sleep_sets = options.has_sleep_sets;
  plan.search.memory_bytes_max = parse_bytes("explore", "--memory", options.memory);
  if (options.depth_max) {
    plan.search.depth_max = static_cast<std::uint32_t>(*options.depth_max);
  }
  plan.search.seconds_max = options.seconds;
  return plan;
}

/// Returns where it is, in words; nothing where there is none.
std::string write_trace(const ExploreOptions& options, std::optional<Trace> trace,
                        WrittenFiles& files) {
  if (!trace || options.trace.empty()) {
    return {};
  }
  trace->build = build_identity();
  trace->judged_by = options.choices.properties;
  if (!files.try_write(options.trace, format_trace(*trace))) {
    return {};
  }
  return fmt::format("  trace       {}\n  replay      {}\n", on_one_line(options.trace),
                     command_to_replay(options.choices, options.trace));
}

std::string progress_text(const explorer::SearchProgress& progress) {
  return fmt::format("{} states  {} steps deep  {:.0f}/s  {} MB", grouped(progress.distinct),
                     progress.level,
                     static_cast<double>(progress.distinct) / std::max(progress.seconds, 1e-3),
                     grouped(progress.bytes >> 20U));
}

std::string progress_text(const explorer::AnalysisProgress& progress) {
  return progress.total == 0
             ? fmt::format("{} {}", grouped(progress.done), progress.what)
             : fmt::format("{}: {:.0f} %", progress.what,
                           100.0 * static_cast<double>(progress.done) /
                               static_cast<double>(std::max(progress.done, progress.total)));
}

/// Does long work that shows how far it is, and that Ctrl-C ends.
template <class Work>
auto in_sight(ExplorePlan& plan, const Work& work) {
  const InterruptWatch watch;
  ProgressLine line;
  plan.search.is_interrupted = &watch.is_interrupted();
  plan.search.on_progress = [&](const auto& progress) { line.show(progress_text(progress)); };
  plan.on_analysis = [&](const auto& progress) { line.show(progress_text(progress)); };
  auto report = work();
  plan.search.is_interrupted = nullptr;
  plan.search.on_progress = nullptr;
  plan.on_analysis = nullptr;
  return report;
}

/// Returns 1 where there is one.
int look_for_lasso(const ExploreOptions& options, ExplorePlan plan) {
  for (const auto& [option, file] : {std::pair("--json", options.json), {"--dot", options.dot}}) {
    if (!file.empty()) {
      throw InputError(
          fmt::format("explore: --lasso writes no {}: leave it out; --trace has the way", option));
    }
  }
  const LassoReport report = in_sight(plan, [&] { return find_lasso(plan); });
  WrittenFiles files;
  const std::string where = write_trace(options, report.trace, files);
  say("{}{}", lasso_text(plan, report), where);
  files.expect_all();
  return exit_status(report.trace                             ? Verdict::violated
                     : report.end == explorer::End::exhausted ? Verdict::holds
                                                              : Verdict::inconclusive);
}

int explore(const ExploreOptions& options) {
  ExplorePlan plan = plan_of(options);
  if (options.has_lasso) {
    return look_for_lasso(options, plan);
  }
  WrittenFiles files;
  if (!options.dot.empty()) {
    files.try_write(options.dot, explore_dot(plan));
  }
  const ExploreReport report = in_sight(plan, [&] { return explore(plan); });
  const std::string where = write_trace(options, report.trace, files);
  files.try_write(options.json, explore_json(plan, report));
  say("{}{}", explore_text(plan, report), where);
  files.expect_all();
  return exit_status(report.verdict);
}

constexpr Bounds budget{.min = 0, .max = explore_budget_max};

/// And what depends on whether there are any.
void declare_rounds(Arguments& arguments, ExploreOptions& options) {
  std::vector<RoundsOption>& rounds = options.rounds_max;
  for (const std::string_view name : round_names()) {
    rounds.push_back({name, {}});
  }
  std::string but;  // which are started
  for (RoundsOption& option : rounds) {
    arguments.number(rounds_option(option.round_name), "B", option.max, budget,
                     fmt::format("Highest round of the {}s that are started (default: {})",
                                 option.round_name, ExploreBounds().rounds_max));
    but += fmt::format("{} {}s", but.empty() ? ", but to start" : " or", option.round_name);
  }
  arguments.number(
      "--timeouts-max", "T", options.timeouts_max, budget,
      fmt::format("Timers that fire{} (default: 0; no bound with --network set or --timeouts true)",
                  but));
}

void declare_bounds(Arguments& arguments, ExploreOptions& options) {
  arguments.number("--nodes", "N", options.nodes, {.min = 1, .max = node_count_max},
                   "Nodes (default: the scenario's, or 3)");
  arguments.number("--clients", "C", options.clients, {.min = 1, .max = client_count_max},
                   "Clients: client i asks node i (default: the scenario's, or 1)");
  arguments.number("--requests-max", "Q", options.requests_max,
                   {.min = 1, .max = explore_budget_max},
                   "Requests of each client, the next when the one before is answered");
  declare_rounds(arguments, options);
  arguments
      .text("--timeouts", "NAME", options.timeouts,
            fmt::format("any (a timer fires whenever it is armed) or true (only when nothing "
                        "is under way; default for {})",
                        fail_stop_names()))
      .can_be(words_of(timeouts_names));
  arguments.number("--crashes-max", "K", options.crashes_max, budget, "Crashes");
  arguments.number("--crash-effects-max", "E", options.crash_effects_max,
                   {.min = 0, .max = crash_effects_bound_max},
                   "Crashes also come after up to so many effects of what a node does next");
  arguments.number(
      "--restarts-max", "R", options.restarts_max, budget,
      fmt::format("Restarts (default: as many as crashes; none for {})", fail_stop_names()));
  arguments.number("--losses-max", "L", options.losses_max, budget, "Messages lost");
  arguments.number("--duplicates-max", "D", options.duplicates_max, budget, "Messages doubled");
  arguments.number("--abandons-max", "A", options.abandons_max, budget,
                   "Requests that their clients give up, to make another");
  arguments.number("--retries-max", "Y", options.retries_max, budget,
                   "Requests that clients who wait make again, the same, at any node");
  arguments.number("--failed-writes-max", "F", options.failed_writes_max, budget,
                   "Writes that fail, where nodes are told of them");
  arguments.number("--cuts-max", "P", options.cuts_max, budget,
                   "Cuts, each one way, from a group of nodes to the rest");
  arguments.number("--depth-max", "D", options.depth_max, {.min = 1, .max = 1'000'000},
                   "States on a shortest way from the start");
  arguments
      .text("--network", "NAME", options.network,
            "ordered (by link), unordered, or set (equal messages in flight are one)")
      .can_be(words_of(network_names));
  arguments
      .text("--requests", "NAME", options.requests,
            "own (client i writes at node i), writes (each writes at any node, one client "
            "after the other) or any (or reads)")
      .can_be(words_of(requests_names));
  arguments.flag("--slow-writes", options.has_slow_writes,
                 "Writes take their time though nobody crashes");
  add_properties(arguments, options.choices);
  arguments.flag(
      "--symmetry", options.has_symmetry,
      "Take interchangeable nodes (at most 7), and clients with their values, for one another");
  arguments.flag("--sleep-sets", options.has_sleep_sets,
                 "Of steps that commute, try no more orders than it takes to come to every state");
}

Verb::Run declare_explore(Arguments& arguments) {
  auto options = std::make_shared<ExploreOptions>();
  add_choices(arguments, options->choices);
  declare_bounds(arguments, *options);
  arguments.number("--workers", "J", options->workers, {.min = 1, .max = 1024},
                   "Threads (default: one for each core)");
  arguments.text("--memory", "BYTES", options->memory, "Stop at so many, as in 500M");
  arguments.seconds("--time", options->seconds, "Stop after so long, as in 60s");
  arguments.flag("--exact", options->is_exact, "Store whole states, not their fingerprints");
  arguments.flag("--lasso", options->has_lasso,
                 "Look instead for proposers that outbid each other for ever, in rounds of which "
                 "never more are about than may be started");
  arguments.output("--trace", options->trace, "Write the shortest violation to this file");
  arguments.report("--json", options->json, "Write the summary for machines to this file");
  arguments.report("--dot", options->dot,
                   "Write the graph of all states, if it is small, to this file for Graphviz");
  add_protocol_options(arguments, options->choices, {OptionPart::cluster});
  arguments.footer(
      "Exit status: 0 holds, within the bounds; 1 violated; 2 bad usage or input; 3 inconclusive: "
      "it ended\nbefore it had seen everything, or saw nothing of what some state must show.");
  return [options] { return explore(*options); };
}

}  // namespace

const Verb explore_verb = {"explore", "Try every schedule, within bounds", &declare_explore};

}  // namespace synod
