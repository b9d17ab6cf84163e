#include "tests/door/fifth_protocol.h"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/text.h"
#include "properties/finding.h"
#include "properties/progress.h"
#include "scenarios/mutants/mutant.h"
#include "scenarios/planted.h"
#include "scenarios/protocol_runner.h"
#include "scenarios/runner.h"
#include "scenarios/step_names.h"

namespace synod::first_wins {
namespace {

constexpr PropertyText one_value_text = {"one_value", "all nodes learn the same value", "the test"};

class Witness {
 public:
  void start(std::span<const std::string_view> given_up) {
    findings_.start(given_up);
    first_.reset();
  }
  void finish() {}
  void report(const PropertyText& property, const std::string& finding) {
    findings_.expect(false, property, [&] { return finding; });
  }
  [[nodiscard]] const Findings& findings() const { return findings_; }
  [[nodiscard]] std::uint32_t probes_reached() const { return 0; }
  [[nodiscard]] bool is_decided() const { return first_.has_value(); }
  [[nodiscard]] std::string news_since_decided(bool /*was_decided*/) const { return {}; }

  void on(const World<Protocol>& /*world*/, const Learned& learned) {
    if (!first_) {
      first_ = learned;
    }
    findings_.expect(learned.value == first_->value, one_value_text, [&] {
      return fmt::format("{} learned {}, and {} had learned {}", learned.node, learned.value,
                         first_->node, first_->value);
    });
  }
  void on(const World<Protocol>& /*world*/, const LimitMet& met) { findings_.meet(met.limit); }

 private:
  Findings findings_;
  std::optional<Learned> first_;
};

struct Setup {
  using Protocol = first_wins::Protocol;
  using Witness = first_wins::Witness;
  static constexpr const PropertyText& survivors_text = progress_text;
  static constexpr bool nodes_restart = true;

  Planted<Protocol> planted;

  static void fit(Configuration& configuration, const Luck& /*luck*/) {
    configuration.reads = {};
    configuration.quorum_reads = {};
  }
  static Config make_config(const Configuration& configuration) {
    return {static_cast<std::uint8_t>(configuration.node_count),
            configuration.delay.max * 2 + configuration.disk.max + Duration{20},
            {}};
  }
  void start(Witness& witness, const Config& /*config*/,
             const Configuration& /*configuration*/) const {
    witness.start(planted.gives_up());
  }
  static std::string outside_fault_model(const Configuration& /*configuration*/) { return {}; }
  static std::uint32_t survivor_count(const Configuration& /*configuration*/) { return 0; }
  static bool can_decide(const Configuration& /*configuration*/, NodeSet up) {
    return up.contains({0});
  }
};

std::unique_ptr<Runner> make(const RunChoices& choices) {
  return std::make_unique<ProtocolRunner<Setup>>(
      Setup{Planted<Protocol>(choices.mutants, choices.overlooked)}, choices);
}

ProtocolEntry entry() {
  static constexpr std::array properties = {one_value_text, assertion_text, progress_text};
  return {.text = {Protocol::name, "n1 keeps the first value that it hears of"},
          .properties = properties,
          .probes = {},
          .mutants = &mutant_texts_of<Protocol>,
          .make = &make,
          .expect_names = &expect_names_of<Protocol>};
}
const RegisteredEntry registered(entry());

Value keep_last(Value kept, Value offered) { return offered.is_none() ? kept : offered; }
const RegisteredMutant<Protocol> keeps_last({
    .text = {.slug = "fw-keep-last",
             .about = "keeps the last value, not the first",
             .source = "the test",
             .faults = "none",
             .property = "one_value",
             .cluster = "2 nodes"},
    .plant = [](Config& config) { config.rules.value_to_keep = &keep_last; },
});

}  // namespace
}  // namespace synod::first_wins
