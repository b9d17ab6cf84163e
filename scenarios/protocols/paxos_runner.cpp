#include <string_view>
#include <vector>

#include "scenarios/explore/ladder.h"
#include "scenarios/protocols/paxos_setup.h"
#include "scenarios/run/registered_protocol.h"

namespace synod {
namespace {

/// In which one promise is enough, and both votes are needed.
Configuration lone_promise_cluster() {
  Configuration configuration = cluster_of(2, 2);
  options_in<PaxosOptions>(configuration).phase1_quorum = 1;
  return configuration;
}

struct Testing : PaxosSetup {
  static constexpr std::string_view about = "single-decree Paxos; Lamport, Paxos Made Simple";

  /// Two proposers, retries, restarts and duplicates, each where it makes a counterexample and not
  /// all at once, because every one multiplies the states. Only for what clients are told do they
  /// also read.
  static std::vector<Rung> ladder(std::string_view breaks) {
    const bool has_reads = breaks == "client_answers_true";
    const Requests requests = has_reads ? Requests::any : Requests::writes;
    const Requests of_three = has_reads ? Requests::any : Requests::own;
    const ExploreBounds one_ballot{.rounds_max = 1, .requests = requests, .has_slow_writes = true};
    const ExploreBounds crash{
        .rounds_max = 2, .crashes_max = 1, .restarts_max = 1, .requests = requests};
    const ExploreBounds time_out{
        .rounds_max = 2, .timeouts_max = 1, .requests = requests, .has_slow_writes = true};
    const ExploreBounds patience{
        .rounds_max = 3, .timeouts_max = 2, .requests = requests, .has_slow_writes = true};
    const ExploreBounds doubled{.rounds_max = 1, .duplicates_max = 1, .requests = requests};
    const ExploreBounds abandoned{
        .rounds_max = 1, .timeouts_max = 1, .abandons_max = 1, .requests = requests};
    const ExploreBounds ordered{.rounds_max = 2, .network = Network::ordered, .requests = of_three};
    return {
        {cluster_of(1, 1), patience},
        {cluster_of(1, 1), abandoned},
        {cluster_of(1, 2), time_out},
        {cluster_of(1, 2), crash},
        {cluster_of(2, 1), time_out},
        {cluster_of(2, 1), crash},
        {cluster_of(2, 1), doubled},
        {cluster_of(2, 2), one_ballot},
        {cluster_of(2, 2), crash},
        {cluster_of(2, 2),
         {.rounds_max = 1, .timeouts_max = 1, .crashes_max = 1, .restarts_max = 1}},
        {lone_promise_cluster(), doubled},
        {cluster_of(3, 1), one_ballot},
        {cluster_of(3, 2), {.rounds_max = 1, .requests = of_three}},
        {cluster_of(3, 2), {.rounds_max = 1, .requests = of_three, .has_slow_writes = true}},
        {cluster_of(3, 2), {.rounds_max = 2}},
        {cluster_of(3, 2), ordered},
    };
  }
};
const RegisteredProtocol<Testing> registered(1);

}  // namespace
}  // namespace synod
