#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "scenarios/words/safe_text.h"
#include "tools/bench/bench_explore.h"
#include "tools/support/build_identity.h"
#include "tools/support/print.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

std::string millions(double number) { return fmt::format("{:.2f} M", number / 1e6); }

std::string table(const ExploreBenchReport& report) {
  std::string text = fmt::format("{:<20} {:>9} {:>11} {:>10} {:>11} {:>8} {:>14} {:>6} {:>11}\n",
                                 "model", "distinct", "generated", "distinct/s", "generated/s",
                                 "ns/state", "floor ns/state", "ratio", "bytes/state");
  for (const ExploreBenchRow& row : report.rows) {
    text += fmt::format("{:<20} {:>9} {:>11} {:>10} {:>11} {:>8.1f} {:>14.1f} {:>6.1f} {:>11.1f}\n",
                        row.name, grouped(row.distinct), grouped(row.generated),
                        millions(row.distinct_per_second), millions(row.generated_per_second),
                        row.ns_per_state, row.floor_ns_per_state,
                        row.ns_per_state / row.floor_ns_per_state, row.bytes_per_state);
  }
  return text;
}

std::string sharing_text(const ExploreBenchReport& report) {
  std::string text = fmt::format("{:<20} {:>22} {:>10} {:>27}\n", "two workers",
                                 "times the states/s", "cores used", "times the processor time");
  for (const ExploreSharingRow& row : report.shared) {
    text += fmt::format("{:<20} {:>22.2f} {:>10.2f} {:>27.2f}\n", row.name, row.two_workers_ratio,
                        row.cores_used, row.two_workers_cost);
  }
  return text + fmt::format("{:<20} {:>22.2f}  (nothing shared; {} core{})\n", "two bare tables",
                            report.two_floors_ratio, report.cores, report.cores == 1 ? "" : "s");
}

std::string aim(std::string_view what, const std::string& measured, std::string_view verdict) {
  return fmt::format("  {:<52} {:>10}   {}\n", what, measured, verdict);
}
std::string judged_aim(std::string_view what, const std::string& measured, bool is_met) {
  return aim(what, measured, is_met ? "met" : "falls short");
}

std::string two_workers_aim(const ExploreSharingRow& row, unsigned cores) {
  const std::string what = fmt::format("{}: two workers, 1.7 times", row.name);
  if (cores < 2) return aim(what, "not measured", "this machine has one core");
  const std::string measured = fmt::format("{:.2f} times", row.two_workers_ratio);
  const bool is_met = row.two_workers_ratio >= 1.7;
  if (!is_met && row.cores_used < 1.7) {
    return aim(what, measured,
               fmt::format("inconclusive: other programs left them {:.2f} cores", row.cores_used));
  }
  return judged_aim(what, measured, is_met);
}

std::string aims_text(const ExploreBenchReport& report) {
  std::string text = "aims, on one core\n";
  const auto speed = [&](std::string_view what, const ExploreBenchRow& row, double wanted) {
    text += judged_aim(what, millions(row.distinct_per_second), row.distinct_per_second >= wanted);
  };
  for (const ExploreBenchRow& row : report.rows) {
    if (row.name == "paxos specification") {
      speed("3 M distinct states/s on the Paxos specification", row, 3e6);
    }
    if (row.name == "our Paxos, 3 nodes") {
      speed("1 M distinct states/s on our own Paxos", row, 1e6);
    }
    if (row.name == "paxos actors") speed("0.8 M distinct states/s on the actors", row, 0.8e6);
  }
  for (const ExploreBenchRow& row : report.rows) {
    const double ratio = row.ns_per_state / row.floor_ns_per_state;
    text += judged_aim(fmt::format("{}: within 3 times of the floor", row.name),
                       fmt::format("{:.1f} times", ratio), ratio <= 3);
    if (row.distinct < 100000) continue;  // of a small one, the smallest table is most
    text += judged_aim(fmt::format("{}: at most 24 bytes a state", row.name),
                       fmt::format("{:.1f}", row.bytes_per_state), row.bytes_per_state <= 24);
  }
  for (const ExploreSharingRow& row : report.shared) {
    text += two_workers_aim(row, report.cores);
  }
  return text;
}

}  // namespace

std::string explore_bench_text(const ExploreBenchReport& report) {
  return fmt::format(
      "{}\n"
      "medians of {} rounds; times are processor time of one worker\n"
      "the floor is to hash as many random states of that size and to insert them into such a "
      "table\n\n"
      "{}\n{}\n{}",
      build_identity(), report.effort.rounds, table(report), sharing_text(report),
      aims_text(report));
}

std::string explore_bench_json(const ExploreBenchReport& report) {
  auto list = ordered_json::array();
  for (const ExploreBenchRow& row : report.rows) {
    ordered_json json;
    json["name"] = row.name;
    json["distinct"] = row.distinct;
    json["generated"] = row.generated;
    json["distinct_per_second"] = row.distinct_per_second;
    json["generated_per_second"] = row.generated_per_second;
    json["ns_per_state"] = row.ns_per_state;
    json["floor_ns_per_state"] = row.floor_ns_per_state;
    json["bytes_per_state"] = row.bytes_per_state;
    list.push_back(json);
  }
  for (const ExploreSharingRow& row : report.shared) {
    ordered_json json;
    json["name"] = "two workers, " + row.name;
    json["times_one_worker"] = row.two_workers_ratio;
    json["times_one_floor"] = report.two_floors_ratio;
    json["cores_used"] = row.cores_used;
    json["processor_time_of_one"] = row.two_workers_cost;
    json["cores"] = report.cores;
    json["build"] = build_identity();
    list.push_back(json);
  }
  return format_json(list) + "\n";
}

}  // namespace synod
