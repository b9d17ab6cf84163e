// What the runner needs of any atomic-commit protocol (see protocol_runner.h). `Part` adds what is
// its own:
//
//   Words                                       see properties/atomic_commit/witness.h
//   Options                                     see scenarios/atomic_commit_options.h
//   fit(configuration, luck)                    keeps what is drawn inside the fault model
//   make_config(configuration, transaction)
//   survivor_count, can_decide
//   are_participants_alike                      but for their names and votes
#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "core/atomic_commit.h"
#include "properties/atomic_commit/witness.h"
#include "properties/progress.h"
#include "scenarios/atomic_commit_options.h"
#include "scenarios/decision_clients.h"
#include "scenarios/explore/ladder.h"
#include "scenarios/planted.h"
#include "scenarios/protocol_runner.h"
#include "scenarios/step_names.h"

namespace synod {

template <class SomePart>
struct AtomicCommitSetup {
  using Part = SomePart;
  using Protocol = typename Part::Words::Protocol;
  using Options = typename Part::Options;
  using Witness = atomic_commit::Witness<typename Part::Words>;
  using Clients = DecisionClients;
  static constexpr const PropertyText& survivors_text = atomic_commit::termination_text;
  static constexpr bool nodes_restart = Part::Words::nodes_restart;

  Planted<Protocol> planted;

  static void fit(Configuration& configuration, const Luck& luck) {
    Part::fit(configuration, luck);
  }
  static auto make_config(const Configuration& configuration) {
    return Part::make_config(
        configuration,
        Transaction::of(configuration.node_count, options_of<Options>(configuration).refusing));
  }
  void start(Witness& witness, const typename Protocol::Config& config,
             const Configuration& configuration) const {
    witness.start(config.transaction, configuration.delay.max, configuration.disk.max,
                  planted.gives_up());
  }
  static NodeSet interchangeable(const Configuration& configuration) {
    return Part::are_participants_alike
               ? NodeSet::first(configuration.node_count) - NodeSet::only({0}) -
                     options_of<Options>(configuration).refusing
               : NodeSet();
  }
  /// What counts is what happened, and that its witness knows.
  static std::string outside_fault_model(const Configuration& /*configuration*/) { return {}; }
  static std::uint32_t survivor_count(const Configuration& configuration) {
    return Part::survivor_count(configuration);
  }
  static bool can_decide(const Configuration& configuration, NodeSet up) {
    return Part::can_decide(configuration, up);
  }
};

template <class Part>
std::unique_ptr<Runner> make_atomic_commit_runner(const RunChoices& choices) {
  using Setup = AtomicCommitSetup<Part>;
  return std::make_unique<ProtocolRunner<Setup>>(
      Setup{Planted<typename Setup::Protocol>(choices.mutants, choices.overlooked)}, choices);
}

/// For ladders: a cluster in which n2 votes no.
inline Configuration refusing_cluster(std::uint32_t nodes) {
  Configuration configuration = cluster_of(nodes, 1);
  options_in<AtomicCommitOptions>(configuration).refusing = NodeSet::only({1});
  return configuration;
}

template <class Part>
ProtocolEntry atomic_commit_entry(int rank, std::string_view about,
                                  std::vector<Rung> (*ladder)(std::string_view breaks)) {
  using Protocol = typename Part::Words::Protocol;
  static constexpr auto properties = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array{std::tuple_element_t<I, atomic_commit::Properties>::text..., assertion_text,
                      progress_text, atomic_commit::termination_text};
  }(std::make_index_sequence<std::tuple_size_v<atomic_commit::Properties>>{});
  constexpr std::span<const NamedText> probes = atomic_commit::probe_texts;
  return {.rank = rank,
          .text = {Protocol::name, about},
          .properties = properties,
          .probes = probes.first(probes.size() - (Part::Words::nodes_restart ? 0 : 1)),
          .mutants = &mutant_texts_of<Protocol>,
          .make = &make_atomic_commit_runner<Part>,
          .expect_names = &expect_names_of<Protocol>,
          .options = declared_options<typename Part::Options>(),
          .ladder = ladder,
          .is_fail_stop = !Part::Words::nodes_restart};
}

}  // namespace synod
