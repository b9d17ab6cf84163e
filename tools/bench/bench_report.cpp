#include "tools/bench/bench_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "scenarios/words/safe_text.h"
#include "tools/support/build_identity.h"
#include "tools/support/print.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

std::string rounded(double number) {
  return grouped(static_cast<std::uint64_t>(std::llround(number)));
}

std::string millions(double number) { return fmt::format("{:.1f} M", number / 1e6); }

/// What an entry of the list has at least.
ordered_json entry(std::string_view name, double runs_per_second, double steps_per_second,
                   double ns_per_step) {
  ordered_json json;
  json["name"] = name;
  json["nodes"] = nullptr;
  json["checkers"] = true;
  json["runs_per_second"] = runs_per_second;
  json["steps_per_second"] = steps_per_second;
  json["ns_per_step"] = ns_per_step;
  json["allocations_per_step"] = nullptr;
  json["floor_ns_per_step"] = nullptr;
  return json;
}

std::string table(const BenchReport& report) {
  std::string text =
      fmt::format("{:<8} {:>5}  {:<8} {:>9} {:>12} {:>8} {:>14} {:>6} {:>17} {:>8}\n", "name",
                  "nodes", "checkers", "runs/s", "steps/s", "ns/step", "floor ns/step", "ratio",
                  "allocations/step", "pending");
  for (const BenchRow& row : report.rows) {
    const std::string allocations = row.allocations_per_step
                                        ? fmt::format("{:.6g}", *row.allocations_per_step)
                                        : std::string("not measured");
    text += fmt::format(
        "{:<8} {:>5}  {:<8} {:>9} {:>12} {:>8.1f} {:>14.1f} {:>6.1f} {:>17} {:>8.1f}\n", row.name,
        row.nodes, row.has_checkers ? "on" : "off", rounded(row.runs_per_second),
        rounded(row.steps_per_second), row.ns_per_step, row.floor_ns_per_step,
        row.ns_per_step / row.floor_ns_per_step, allocations, row.pending);
  }
  return text;
}

std::string campaigns_text(const BenchReport& report) {
  std::string text;
  for (const BenchCampaign& campaign : report.campaigns) {
    text += fmt::format("campaign, {} worker{}: {:>9} runs/s, {:>12} steps/s, on {:.2f} cores\n",
                        campaign.jobs, campaign.jobs == 1 ? " " : "s",
                        rounded(campaign.runs_per_second), rounded(campaign.steps_per_second),
                        campaign.cores_used);
  }
  text += fmt::format(
      "two workers do {:.2f} times the work of one; two bare event queues, {:.2f} times that of "
      "one; {} core{}\n",
      report.two_jobs_ratio, report.two_floors_ratio, report.cores, report.cores == 1 ? "" : "s");
  return text;
}

std::string aim(std::string_view what, const std::string& measured, std::string_view verdict) {
  return fmt::format("  {:<44} {:>13}   {}\n", what, measured, verdict);
}
std::string judged_aim(std::string_view what, const std::string& measured, bool is_met) {
  return aim(what, measured, is_met ? "met" : "falls short");
}

std::string allocations_aim(const BenchRow& row) {
  constexpr std::string_view what = "no allocation per step once warm";
  if (!row.allocations_per_step) {
    return aim(what, "not measured", "this build has sanitizers");
  }
  return judged_aim(what, fmt::format("{:.6g}", *row.allocations_per_step),
                    *row.allocations_per_step == 0);
}

std::string two_jobs_aim(const BenchReport& report) {
  constexpr std::string_view what = "two workers do 1.9 times the work of one";
  if (report.cores < 2) {
    return aim(what, "not measured", "this machine has one core");
  }
  const std::string measured = fmt::format("{:.2f} times", report.two_jobs_ratio);
  const double cores_used = report.campaigns.back().cores_used;
  const bool is_met = report.two_jobs_ratio >= 1.9;
  if (!is_met && cores_used < 1.9) {
    return aim(what, measured,
               fmt::format("inconclusive: other programs left them {:.2f} cores", cores_used));
  }
  return judged_aim(what, measured, is_met);
}

std::string aims_text(const BenchReport& report) {
  const auto found = std::find_if(report.rows.begin(), report.rows.end(), [](const BenchRow& row) {
    return row.nodes == 5 && row.has_checkers;
  });
  if (found == report.rows.end()) {
    return {};
  }
  const BenchRow& row = *found;
  const double ratio = row.ns_per_step / row.floor_ns_per_step;
  return "aims, at 5 nodes with every checker on\n" +
         judged_aim("10 M steps/s on one core", millions(row.steps_per_second),
                    row.steps_per_second >= 10e6) +
         judged_aim("100,000 complete runs/s on one core", rounded(row.runs_per_second),
                    row.runs_per_second >= 100e3) +
         judged_aim("a step within 3 times of the floor", fmt::format("{:.1f} times", ratio),
                    ratio <= 3) +
         allocations_aim(row) + two_jobs_aim(report);
}

}  // namespace

std::string bench_text(const BenchReport& report) {
  return fmt::format(
      "{}\n"
      "seeds 1 to {}, everything but the number of nodes drawn; medians of {} rounds\n"
      "ns are processor time of one thread; the floor is the event queue alone, with as many "
      "pending\n\n"
      "{}\n{}\n{}",
      build_identity(), rounded(static_cast<double>(report.effort.seeds)), report.effort.rounds,
      table(report), campaigns_text(report), aims_text(report));
}

std::string bench_json(const BenchReport& report) {
  auto list = ordered_json::array();
  for (const BenchRow& row : report.rows) {
    ordered_json json = entry(row.name, row.runs_per_second, row.steps_per_second, row.ns_per_step);
    json["nodes"] = row.nodes;
    json["checkers"] = row.has_checkers;
    if (row.allocations_per_step) {
      json["allocations_per_step"] = *row.allocations_per_step;
    }
    json["floor_ns_per_step"] = row.floor_ns_per_step;
    list.push_back(json);
  }
  for (const BenchCampaign& campaign : report.campaigns) {
    ordered_json json = entry("campaign", campaign.runs_per_second, campaign.steps_per_second,
                              1e9 / campaign.steps_per_second);
    json["jobs"] = campaign.jobs;
    json["cores"] = report.cores;
    json["cores_used"] = campaign.cores_used;
    json["times_one_job"] = campaign.jobs == 1 ? 1.0 : report.two_jobs_ratio;
    json["times_one_floor"] = campaign.jobs == 1 ? 1.0 : report.two_floors_ratio;
    json["build"] = build_identity();
    list.push_back(json);
  }
  return format_json(list) + "\n";
}

}  // namespace synod
