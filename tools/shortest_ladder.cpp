#include <fmt/format.h>

#include "core/text.h"
#include "scenarios/configuration_json.h"
#include "tools/shortest.h"

namespace synod {
namespace {

Configuration cluster(std::uint32_t nodes, std::uint32_t clients) {
  Configuration configuration;
  set_node_count(configuration, nodes);
  configuration.client_count = clients;
  return configuration;
}
/// In which n2 votes no.
Configuration refusing_cluster(std::uint32_t nodes) {
  Configuration configuration = cluster(nodes, 1);
  configuration.refusing = NodeSet::only({1});
  return configuration;
}
/// In which one promise is enough, and both votes are needed.
Configuration lone_promise_cluster() {
  Configuration configuration = cluster(2, 2);
  configuration.phase1_quorum = 1;
  return configuration;
}

/// Two proposers, retries, restarts and duplicates, each where it makes a counterexample and not
/// all at once, because every one multiplies the states.
std::vector<Rung> ladder_of_paxos(bool has_reads) {
  const Requests requests = has_reads ? Requests::any : Requests::writes;
  const Requests of_three = has_reads ? Requests::any : Requests::own;
  const ExploreBounds one_ballot{.ballots_max = 1, .requests = requests, .has_slow_writes = true};
  const ExploreBounds crash{
      .ballots_max = 2, .crashes_max = 1, .restarts_max = 1, .requests = requests};
  const ExploreBounds time_out{
      .ballots_max = 2, .timeouts_max = 1, .requests = requests, .has_slow_writes = true};
  const ExploreBounds patience{
      .ballots_max = 3, .timeouts_max = 2, .requests = requests, .has_slow_writes = true};
  const ExploreBounds doubled{.ballots_max = 1, .duplicates_max = 1, .requests = requests};
  const ExploreBounds abandoned{
      .ballots_max = 1, .timeouts_max = 1, .abandons_max = 1, .requests = requests};
  const ExploreBounds ordered{.ballots_max = 2, .network = Network::ordered, .requests = of_three};
  return {
      {cluster(1, 1), patience},
      {cluster(1, 1), abandoned},
      {cluster(1, 2), time_out},
      {cluster(1, 2), crash},
      {cluster(2, 1), time_out},
      {cluster(2, 1), crash},
      {cluster(2, 1), doubled},
      {cluster(2, 2), one_ballot},
      {cluster(2, 2), crash},
      {cluster(2, 2), {.ballots_max = 1, .timeouts_max = 1, .crashes_max = 1, .restarts_max = 1}},
      {lone_promise_cluster(), doubled},
      {cluster(3, 1), one_ballot},
      {cluster(3, 2), {.ballots_max = 1, .requests = of_three}},
      {cluster(3, 2), {.ballots_max = 1, .requests = of_three, .has_slow_writes = true}},
      {cluster(3, 2), {.ballots_max = 2}},
      {cluster(3, 2), ordered},
  };
}

std::vector<Rung> ladder_of_two_phase_commit() {
  const ExploreBounds slow{
      .timeouts_max = 2, .requests = Requests::writes, .has_slow_writes = true};
  const ExploreBounds crash{.timeouts_max = 2, .crashes_max = 1, .restarts_max = 1};
  return {{cluster(2, 1), slow},        {cluster(2, 1), crash},
          {refusing_cluster(2), crash}, {cluster(3, 1), slow},
          {cluster(3, 1), crash},       {refusing_cluster(4), {.has_slow_writes = true}}};
}

/// Time-outs tell the truth: with others, the correct protocol breaks as well.
std::vector<Rung> ladder_of_three_phase_commit() {
  const auto crashes = [](std::uint32_t count) {
    return ExploreBounds{.timeouts_max = ExploreBounds::unlimited,
                         .crashes_max = count,
                         .timeouts = Timeouts::truth,
                         .has_slow_writes = true};
  };
  ExploreBounds broken_broadcasts = crashes(2);
  broken_broadcasts.crash_effects_max = 4;  // some of those told have heard, and the rest have not
  return {{cluster(2, 1), crashes(1)}, {cluster(3, 1), crashes(1)},
          {cluster(3, 1), crashes(2)}, {refusing_cluster(4), crashes(0)},
          {cluster(4, 1), crashes(2)}, {cluster(3, 1), broken_broadcasts}};
}

std::vector<Rung> ladder_of_paxos_commit() {
  std::vector<Rung> rungs;
  for (const std::uint32_t nodes : {2U, 3U}) {
    rungs.push_back({cluster(nodes, 1), {.timeouts_max = 1, .has_slow_writes = true}});
    rungs.push_back({refusing_cluster(nodes), {.timeouts_max = 1, .has_slow_writes = true}});
    rungs.push_back({cluster(nodes, 1), {.timeouts_max = 1, .crashes_max = 1, .restarts_max = 1}});
  }
  rungs.push_back(
      {cluster(2, 2), {.crashes_max = 2, .restarts_max = 2, .requests = Requests::writes}});
  rungs.push_back({refusing_cluster(4), {.ballots_max = 1}});
  return rungs;
}

}  // namespace

std::vector<Rung> ladder_of(std::string_view protocol, std::string_view breaks) {
  if (protocol == "two_phase_commit") {
    return ladder_of_two_phase_commit();
  }
  if (protocol == "three_phase_commit") {
    return ladder_of_three_phase_commit();
  }
  if (protocol == "paxos_commit") {
    return ladder_of_paxos_commit();
  }
  return ladder_of_paxos(breaks == "client_answers_true");
}

std::string arguments_of(const Rung& rung) {
  const Configuration& c = rung.configuration;
  const ExploreBounds& bounds = rung.bounds;
  const ExploreBounds usual;
  std::string text = fmt::format("--nodes {} --clients {}", c.node_count, c.client_count);
  const auto add = [&](const char* name, std::uint32_t value, std::uint32_t left_out) {
    text += value == left_out ? "" : fmt::format(" {} {}", name, value);
  };
  const std::uint32_t majority = c.node_count / 2 + 1;
  add("--phase1-quorum", c.phase1_quorum, majority);
  add("--phase2-quorum", c.phase2_quorum, majority);
  for (const NodeId node : c.refusing) {
    text += fmt::format(" --refusing {}", node);
  }
  add("--ballots-max", bounds.ballots_max, usual.ballots_max);
  if (bounds.timeouts_max != ExploreBounds::unlimited) {
    add("--timeouts-max", bounds.timeouts_max, usual.timeouts_max);
  }
  add("--crashes-max", bounds.crashes_max, 0);
  // As many as crashes are usual, and of fail-stop nodes none.
  const bool is_fail_stop = bounds.timeouts == Timeouts::truth;
  add("--restarts-max", bounds.restarts_max, is_fail_stop ? 0 : bounds.crashes_max);
  add("--crash-effects-max", bounds.crash_effects_max, 0);
  add("--losses-max", bounds.losses_max, 0);
  add("--duplicates-max", bounds.duplicates_max, 0);
  add("--abandons-max", bounds.abandons_max, 0);
  if (bounds.requests != usual.requests) {
    text +=
        fmt::format(" --requests {}", requests_names[static_cast<std::size_t>(bounds.requests)]);
  }
  if (bounds.network != usual.network) {
    text += fmt::format(" --network {}", network_names[static_cast<std::size_t>(bounds.network)]);
  }
  text += bounds.has_slow_writes ? " --slow-writes" : "";
  return text;
}

}  // namespace synod
