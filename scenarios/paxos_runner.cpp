#include "scenarios/paxos_runner.h"

#include <array>
#include <tuple>
#include <utility>

#include "core/paxos/node.h"
#include "properties/paxos/witness.h"
#include "properties/progress.h"
#include "scenarios/planted.h"
#include "scenarios/protocol_runner.h"

namespace synod {
namespace {

/// Sees nothing: what the checkers cost is measured against it.
class BlindWitness {
 public:
  void finish() {}
  void report(const PropertyText& /*property*/, const std::string& /*finding*/) {}
  [[nodiscard]] const Findings& findings() const { return findings_; }
  [[nodiscard]] std::uint32_t probes_reached() const { return 0; }
  [[nodiscard]] bool is_decided() const { return true; }
  [[nodiscard]] std::string news_since_decided(bool /*was_decided*/) const { return {}; }

 private:
  Findings findings_;
};

template <class SomeWitness>
struct PaxosSetup {
  using Protocol = paxos::Protocol;
  using Witness = SomeWitness;

  static constexpr const PropertyText& survivors_text = progress_text;
  static constexpr bool nodes_restart = true;

  Planted<Protocol> planted;

  static void fit(Configuration& /*configuration*/, const Luck& /*luck*/) {}
  static std::uint32_t survivor_count(const Configuration& configuration) {
    return std::max(configuration.phase1_quorum, configuration.phase2_quorum);
  }
  static std::string outside_fault_model(const Configuration& configuration) {
    const bool must_meet =
        configuration.phase1_quorum + configuration.phase2_quorum > configuration.node_count;
    return must_meet ? "" : "its quorums can miss each other";
  }
  static bool can_decide(const Configuration& configuration, NodeSet up) {
    return up.size() >= survivor_count(configuration);
  }

  [[nodiscard]] paxos::Config make_config(const Configuration& configuration) const {
    paxos::Config config;
    config.quorums = {static_cast<std::uint8_t>(configuration.node_count),
                      static_cast<std::uint8_t>(configuration.phase1_quorum),
                      static_cast<std::uint8_t>(configuration.phase2_quorum)};
    // Time for there and back and for a write, twice over.
    const Duration phase = configuration.delay.max * 2 + configuration.disk.max;
    config.timing.attempt = phase * 2 + Duration{20};
    config.timing.read = config.timing.attempt;
    return config;
  }
  void start(paxos::Witness& witness, const paxos::Config& config,
             const Configuration& /*configuration*/) const {
    witness.start(config.quorums, planted.gives_up());
  }
  static void start(BlindWitness& /*witness*/, const paxos::Config& /*config*/,
                    const Configuration& /*configuration*/) {}
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

}  // namespace

ProtocolEntry paxos_entry() {
  static constexpr auto properties =
      texts_of_properties(std::make_index_sequence<std::tuple_size_v<paxos::Properties>>{});
  return {.text = {"paxos", "single-decree Paxos; Lamport, Paxos Made Simple"},
          .properties = properties,
          .probes = paxos::probe_texts,
          .mutants = &mutant_texts_of<paxos::Protocol>,
          .make = &make_paxos_runner};
}

}  // namespace synod
