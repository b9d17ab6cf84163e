#include "scenarios/paxos_runner.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <vector>

#include "core/paxos/node.h"
#include "properties/paxos/witness.h"
#include "properties/progress.h"
#include "scenarios/nearest.h"
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

  paxos::Rules rules;

  [[nodiscard]] paxos::Config make_config(const Configuration& configuration) const {
    paxos::Config config;
    config.rules = rules;
    config.quorums = {static_cast<std::uint8_t>(configuration.node_count),
                      static_cast<std::uint8_t>(configuration.phase1_quorum),
                      static_cast<std::uint8_t>(configuration.phase2_quorum)};
    // Time for there and back and for a write, twice over.
    const Duration phase = configuration.delay.max * 2 + configuration.disk.max;
    config.timing.attempt = phase * 2 + Duration{20};
    config.timing.read = config.timing.attempt;
    return config;
  }
  void start(paxos::Witness& witness, const paxos::Config& config) const {
    witness.start(config.quorums);
  }
  void start(BlindWitness& /*witness*/, const paxos::Config& /*config*/) const {}
};

paxos::Rules rules_with(const std::vector<std::string>& slugs) {
  paxos::Rules rules;
  for (const std::string& slug : slugs) {
    const auto mutant = std::find_if(paxos::mutants().begin(), paxos::mutants().end(),
                                     [&](const auto& one) { return one.text.slug == slug; });
    if (mutant == paxos::mutants().end()) {
      throw InputError(fmt::format("no mutant \"{}\" of paxos: did you mean \"{}\"?", slug,
                                   nearest_of(slug, paxos::mutants(), [](const paxos::Mutant& one) {
                                     return one.text.slug;
                                   })));
    }
    mutant->plant(rules);
  }
  return rules;
}

template <std::size_t... I>
constexpr auto texts_of_properties(std::index_sequence<I...> /*indices*/) {
  return std::array{std::tuple_element_t<I, paxos::Properties>::text..., assertion_text,
                    progress_text};
}

}  // namespace

std::unique_ptr<Runner> make_paxos_runner(const RunChoices& choices) {
  const paxos::Rules rules = rules_with(choices.mutants);
  if (choices.has_checkers) {
    using Setup = PaxosSetup<paxos::Witness>;
    return std::make_unique<ProtocolRunner<Setup>>(Setup{rules}, choices);
  }
  using Setup = PaxosSetup<BlindWitness>;
  return std::make_unique<ProtocolRunner<Setup>>(Setup{rules}, choices);
}

std::span<const NamedText> paxos_probe_texts() { return paxos::probe_texts; }

std::span<const PropertyText> paxos_property_texts() {
  static constexpr auto texts =
      texts_of_properties(std::make_index_sequence<std::tuple_size_v<paxos::Properties>>{});
  return texts;
}

}  // namespace synod
