#include <array>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "core/paxos/node.h"
#include "properties/paxos/witness.h"
#include "properties/progress.h"
#include "scenarios/explore/ladder.h"
#include "scenarios/paxos_setup.h"
#include "scenarios/protocol_runner.h"
#include "scenarios/step_names.h"

namespace synod {
namespace {

/// Sees nothing: what the checkers cost is measured against it.
class BlindWitness {
 public:
  void start(const QuorumSystem& /*quorums*/, std::span<const std::string_view> /*given_up*/) {}
  void finish() {}
  void report(const PropertyText& /*property*/, const std::string& /*finding*/) {}
  [[nodiscard]] const Findings& findings() const { return findings_; }
  [[nodiscard]] std::uint32_t probes_reached() const { return 0; }
  [[nodiscard]] bool is_decided() const { return true; }
  [[nodiscard]] std::string news_since_decided(bool /*was_decided*/) const { return {}; }
  void on(const World<paxos::Protocol>& /*world*/, const LimitMet& met) {
    findings_.meet(met.limit);
  }

 private:
  Findings findings_;
};

template <std::size_t... I>
constexpr auto texts_of_properties(std::index_sequence<I...> /*indices*/) {
  return std::array{std::tuple_element_t<I, paxos::Properties>::text..., assertion_text,
                    progress_text};
}

std::unique_ptr<Runner> make_paxos_runner(const RunChoices& choices) {
  Planted<paxos::Protocol> planted(choices.mutants, choices.overlooked);
  if (choices.has_checkers) {
    using Setup = PaxosSetup<paxos::Witness>;
    return std::make_unique<ProtocolRunner<Setup>>(Setup{std::move(planted)}, choices);
  }
  using Setup = PaxosSetup<BlindWitness>;
  return std::make_unique<ProtocolRunner<Setup>>(Setup{std::move(planted)}, choices);
}

/// In which one promise is enough, and both votes are needed.
Configuration lone_promise_cluster() {
  Configuration configuration = cluster_of(2, 2);
  options_in<PaxosOptions>(configuration).phase1_quorum = 1;
  return configuration;
}

/// Two proposers, retries, restarts and duplicates, each where it makes a counterexample and not
/// all at once, because every one multiplies the states. Only for what clients are told do they
/// also read.
std::vector<Rung> ladder(std::string_view breaks) {
  const bool has_reads = breaks == "client_answers_true";
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
       {.ballots_max = 1, .timeouts_max = 1, .crashes_max = 1, .restarts_max = 1}},
      {lone_promise_cluster(), doubled},
      {cluster_of(3, 1), one_ballot},
      {cluster_of(3, 2), {.ballots_max = 1, .requests = of_three}},
      {cluster_of(3, 2), {.ballots_max = 1, .requests = of_three, .has_slow_writes = true}},
      {cluster_of(3, 2), {.ballots_max = 2}},
      {cluster_of(3, 2), ordered},
  };
}

ProtocolEntry entry() {
  static constexpr auto properties =
      texts_of_properties(std::make_index_sequence<std::tuple_size_v<paxos::Properties>>{});
  return {.rank = 1,
          .text = {"paxos", "single-decree Paxos; Lamport, Paxos Made Simple"},
          .properties = properties,
          .probes = paxos::probe_texts,
          .mutants = &mutant_texts_of<paxos::Protocol>,
          .make = &make_paxos_runner,
          .expect_names = &expect_names_of<paxos::Protocol>,
          .options = declared_options<PaxosOptions>(),
          .ladder = &ladder,
          .has_reads = true};
}
const RegisteredEntry registered(entry());

}  // namespace
}  // namespace synod
