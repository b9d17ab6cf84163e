#include "scenarios/paxos_runner.h"

#include <array>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/paxos/node.h"
#include "properties/paxos/witness.h"
#include "properties/progress.h"
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

}  // namespace

ProtocolEntry paxos_entry() {
  static constexpr auto properties =
      texts_of_properties(std::make_index_sequence<std::tuple_size_v<paxos::Properties>>{});
  static constexpr std::array<std::string_view, 2> unused_fields = {"refusing", "acceptor_count"};
  return {.text = {"paxos", "single-decree Paxos; Lamport, Paxos Made Simple"},
          .properties = properties,
          .probes = paxos::probe_texts,
          .mutants = &mutant_texts_of<paxos::Protocol>,
          .make = &make_paxos_runner,
          .expect_names = &expect_names_of<paxos::Protocol>,
          .unused_fields = unused_fields};
}

}  // namespace synod
