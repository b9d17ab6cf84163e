#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/text.h"
#include "scenarios/words/safe_text.h"
#include "tools/explore/explore.h"
#include "tools/support/print.h"

namespace synod {
namespace {

/// "no crash", "1 crash", "at most 2 crashes", "any number of crashes"
std::string at_most(std::uint32_t count, std::string_view one, std::string_view many) {
  if (count == ExploreBounds::unlimited) {
    return fmt::format("any number of {}", many);
  }
  return count == 0   ? fmt::format("no {}", one)
         : count == 1 ? fmt::format("1 {}", one)
                      : fmt::format("at most {} {}", count, many);
}

std::string network_text(Network network) {
  switch (network) {
    case Network::ordered:
      return "links keep the order of messages";
    case Network::unordered:
      return "messages arrive in any order";
    case Network::set:
      return "messages arrive in any order, equal ones in flight as one";
  }
  return {};
}

/// "3 nodes", and how they differ from what so many usually are.
std::string cluster_text(const Configuration& configuration) {
  return counted(configuration.node_count, "node") + options_cluster_text(configuration);
}

std::string requests_text(const ExploreBounds& bounds) {
  std::string told = bounds.requests_max == 1
                         ? std::string("each with one request")
                         : fmt::format("each with up to {} requests in turn", bounds.requests_max);
  if (bounds.requests == Requests::writes) {
    told += " to any node";
  } else if (bounds.requests == Requests::any) {
    told += ", a write or a read, to any node";
  }
  if (bounds.abandons_max > 0) {
    told += fmt::format(
        ", {}", at_most(bounds.abandons_max, "given up for another", "given up for others"));
  }
  if (bounds.retries_max > 0) {
    told += fmt::format(", {}", at_most(bounds.retries_max, "made again", "made again"));
  }
  return told;
}

std::string crash_text(const ExploreBounds& bounds) {
  const std::string failed =
      bounds.failed_writes_max == 0
          ? std::string()
          : ", " + at_most(bounds.failed_writes_max, "failed write", "failed writes");
  if (bounds.crashes_max == 0) {
    return (bounds.are_writes_instant() ? "no crash, so writes finish at once" : "no crash") +
           failed;
  }
  return fmt::format(
      "{}{}, {}{}", at_most(bounds.crashes_max, "crash", "crashes"),
      bounds.crash_effects_max == 0
          ? std::string(" between two steps")
          : fmt::format(" between two steps or after up to {} effects of a later one",
                        bounds.crash_effects_max),
      at_most(bounds.restarts_max, "restart", "restarts"), failed);
}

/// "timers fire at any time, to start ballots or at most 2 times else"
std::string timeouts_text(const ExploreBounds& bounds, std::string_view round_name) {
  if (round_name.empty() && bounds.timeouts_max == 0) {
    return "no timer fires";
  }
  return fmt::format(
      "timers fire {}, {}",
      bounds.timeouts == Timeouts::any ? "at any time"
                                       : "only when nothing is under way, the earliest first",
      round_name.empty() ? at_most(bounds.timeouts_max, "time", "times")
                         : fmt::format("to start {}s or {} else", round_name,
                                       at_most(bounds.timeouts_max, "time", "times")));
}

/// "ballots up to round 2; "
std::string rounds_text(const ExploreBounds& bounds, std::string_view round_name) {
  return round_name.empty() ? std::string()
                            : fmt::format("{}s up to round {}; ", round_name, bounds.rounds_max);
}

std::string seen_text(const ExploreReport& report) {
  std::string seen;
  std::string never;
  for (const SeenSometimes& one : report.sometimes) {
    if (one.steps) {
      seen +=
          fmt::format("{}{} ({})", seen.empty() ? "" : ", ", one.name, counted(*one.steps, "step"));
    } else {
      never += fmt::format("{}{}", never.empty() ? "" : ", ", one.name);
    }
  }
  return fmt::format("{}{}{}", seen.empty() ? "nothing" : seen, never.empty() ? "" : "; never ",
                     never);
}

std::string prospects_text(const ExploreReport& report) {
  if (!report.prospects) {
    return report.why_no_prospects;
  }
  const ProspectCounts& counts = *report.prospects;
  return fmt::format(
      "{} can decide, {} cannot decide, {} unknown: the bound came first{}",
      counted(counts.can_decide, "state"), grouped(counts.cannot_decide), grouped(counts.unknown),
      fmt::format("\n              from {} of them the run was played on, without further "
                  "accidents or bounds",
                  grouped(counts.played_on)));
}

std::string stored_text(const ExplorePlan& plan, const ExploreReport& report) {
  return plan.search.is_exact
             ? fmt::format("whole states, {:.1f} bytes each", report.bytes_per_state)
             : fmt::format(
                   "fingerprints, {:.1f} bytes a state; a state was missed with a "
                   "probability of at most {:.1e}",
                   report.bytes_per_state, report.missed_probability);
}

/// What playing on found is, where that was done from every state.
bool is_shortest(const ExploreReport& report) {
  return !report.trace->settles || report.distinct <= states_played_on_max;
}

}  // namespace

std::string rounds_option(std::string_view round_name) {
  return fmt::format("--{}s-max", round_name);
}

std::string bounds_text(const ExplorePlan& plan) {
  const ExploreBounds& bounds = plan.bounds;
  const std::string_view round_name = protocol_named(plan.choices.protocol).round_name;
  return fmt::format(
      "{}, {}, {}; {}{}; {}; {}, {}, {}; {}{}{}", cluster_text(plan.configuration),
      counted(plan.configuration.client_count, "client"), requests_text(bounds),
      rounds_text(bounds, round_name), timeouts_text(bounds, round_name), crash_text(bounds),
      at_most(bounds.losses_max, "message lost", "messages lost"),
      at_most(bounds.duplicates_max, "message doubled", "messages doubled"),
      at_most(bounds.cuts_max, "cut", "cuts, one way each"), network_text(bounds.network),
      bounds.has_symmetry ? "; interchangeable nodes and clients taken for one another" : "",
      plan.search.depth_max ? fmt::format("; depth {}", *plan.search.depth_max) : std::string());
}

std::string explore_text(const ExplorePlan& plan, const ExploreReport& report) {
  std::string text =
      fmt::format("{}: {} distinct states, {} generated, depth {}, in {:.1f} s ({} states/s)\n\n",
                  plan.choices.protocol, grouped(report.distinct), grouped(report.generated),
                  report.depth, report.seconds,
                  grouped(static_cast<std::uint64_t>(static_cast<double>(report.distinct) /
                                                     std::max(report.seconds, 1e-3))));
  text += fmt::format("bounds        {}\n", bounds_text(plan));
  text += fmt::format("seen          {}\n", seen_text(report));
  text += fmt::format("stored        {}\n", stored_text(plan, report));
  if (plan.search.has_sleep_sets) {
    text += "left out      ways to states that are met all the same (sleep sets)\n";
  }
  if (report.left > 0) {
    text += fmt::format("left          {} states whose successors were not looked at\n",
                        grouped(report.left));
  }
  text += fmt::format("deciding      {}\n", prospects_text(report));
  switch (report.verdict) {
    case Verdict::holds:
      text += fmt::format("verdict       holds, within these bounds{}\n",
                          report.prospects ? "" : "; which states can decide was not looked at");
      break;
    case Verdict::violated:
      text += fmt::format("violated      {}  (in {}{}{})\n              {}\n",
                          report.finding.property, counted(report.trace->steps.size(), "step"),
                          report.trace->settles ? ", after which nothing more goes wrong" : "",
                          is_shortest(report) ? ": no fewer do" : "", report.finding.text);
      break;
    case Verdict::inconclusive:
      text += fmt::format("verdict       inconclusive: {}\n", report.inconclusive);
      break;
  }
  return text;
}

std::string explore_json(const ExplorePlan& plan, const ExploreReport& report) {
  nlohmann::ordered_json json;
  json["protocol"] = plan.choices.protocol;
  json["mutants"] = plan.choices.mutants;
  json["verdict"] = to_text(report.verdict);
  json["property"] = report.finding.property;
  json["finding"] = report.finding.text;
  json["end"] = explorer::to_text(report.end);
  json["distinct"] = report.distinct;
  json["generated"] = report.generated;
  json["depth"] = report.depth;
  json["left"] = report.left;
  for (const char* name : {"can_decide", "cannot_decide", "unknown", "played_on"}) {
    json[name] = nullptr;  // not counted
  }
  if (report.prospects) {
    json["can_decide"] = report.prospects->can_decide;
    json["cannot_decide"] = report.prospects->cannot_decide;
    json["unknown"] = report.prospects->unknown;
    json["played_on"] = report.prospects->played_on;
  }
  json["steps"] = nullptr;
  if (report.trace) {
    json["steps"] = report.trace->steps.size();
  }
  json["seconds"] = report.seconds;
  json["bytes_per_state"] = report.bytes_per_state;
  json["missed_probability"] = report.missed_probability;
  auto& sometimes = json["sometimes"] = nlohmann::ordered_json::object();
  for (const SeenSometimes& one : report.sometimes) {
    sometimes[std::string(one.name)] = nullptr;
    if (one.steps) {
      sometimes[std::string(one.name)] = *one.steps;
    }
  }
  json["bounds"] = bounds_json(plan);
  return format_json(json) + "\n";
}

}  // namespace synod
