// How the protocol is set up and judged, and the one line that makes it known.
#include <synod/testbed.h>

#include "my_protocol.h"

namespace my {
namespace {

using synod::NodeSet;

constexpr synod::PropertyText agreement = {"agreement", "nobody learns two values", "consensus"};
constexpr std::array<synod::NamedText, 1> probes = {{{"restarted", "a node came back"}}};

/// Sees everything, and reports what must not be.
class Witness {
 public:
  static constexpr std::span<const synod::NamedText> sometimes_texts = {};
  void start(std::span<const std::string_view> given_up) {
    findings_.start(given_up);
    learned_ = {};
    probes_ = 0;
  }
  static void finish() {}
  void report(const synod::PropertyText& property, const std::string& finding) {
    findings_.expect(false, property, [&] { return finding; });
  }
  [[nodiscard]] const synod::Findings& findings() const { return findings_; }
  [[nodiscard]] std::uint32_t probes_reached() const { return probes_; }
  [[nodiscard]] static std::uint8_t sometimes_shown() { return 0; }
  [[nodiscard]] bool is_decided() const { return !learned_.is_none(); }
  [[nodiscard]] std::string news_since_decided(bool /*was_decided*/) const { return {}; }
  static void fields(auto& self, auto&& visit) { visit("learned", self.learned_); }

  void on(const auto& /*world*/, const synod::Learned& learned) {
    findings_.expect(learned_.is_none() || learned_ == learned.value, agreement, [&] {
      return fmt::format("{} learned {}, and somebody {}", learned.node, learned.value, learned_);
    });
    learned_ = learned.value;
  }
  void on(const auto& /*world*/, const synod::Restarted& /*restarted*/) { probes_ |= 1U; }
  void on(const auto& /*world*/, const synod::LimitMet& met) { findings_.meet(met.limit); }

 private:
  synod::Findings findings_;
  synod::Value learned_;
  std::uint32_t probes_ = 0;
};

struct Setup {
  using Protocol = my::Protocol;
  using Witness = my::Witness;
  static constexpr const synod::PropertyText& survivors_text = synod::progress_text;
  static constexpr bool nodes_restart = true;

  synod::Planted<Protocol> planted;

  static void fit(synod::Configuration& configuration, const synod::Luck& /*luck*/) {
    configuration.reads = {};
    configuration.quorum_reads = {};
  }
  static Config make_config(const synod::Configuration& configuration) {
    return {.nodes = NodeSet::first(configuration.node_count),
            .patience = configuration.delay.max * 2 + configuration.disk.max * 2};
  }
  void start(Witness& witness, const Config& /*config*/,
             const synod::Configuration& /*configuration*/) const {
    witness.start(planted.gives_up());
  }
  static std::string outside_fault_model(const synod::Configuration& /*configuration*/) {
    return {};
  }
  static std::uint32_t survivor_count(const synod::Configuration& /*configuration*/) { return 0; }
  static bool can_decide(const synod::Configuration& configuration, NodeSet up) {
    return up == NodeSet::first(configuration.node_count);
  }
  static NodeSet interchangeable(const synod::Configuration& /*configuration*/) { return {}; }
};

constexpr std::array properties = {agreement, synod::assertion_text, synod::progress_text};

const synod::RegisteredEntry registered(
    {.text = {Protocol::name, "n1 takes the first value that it hears of"},
     .properties = properties,
     .probes = probes,
     .mutants = &synod::mutant_texts_of<Protocol>,
     .make = [](const synod::RunChoices& choices) -> std::unique_ptr<synod::Runner> {
       synod::Planted<Protocol> planted(choices.mutants, choices.overlooked);
       return std::make_unique<synod::ProtocolRunner<Setup>>(Setup{std::move(planted)}, choices);
     },
     .expect_names = &synod::expect_names_of<Protocol>});

}  // namespace
}  // namespace my
