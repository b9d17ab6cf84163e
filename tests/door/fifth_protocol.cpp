#include "tests/door/fifth_protocol.h"

#include <cstdint>
#include <string_view>

#include "scenarios/mutants/mutant.h"
#include "scenarios/run/registered_protocol.h"
#include "scenarios/run/testbed_of.h"
#include "sim/world/declared_options.h"

namespace synod::first_wins {
namespace {

struct Writers {
  static void each(std::uint32_t number, auto&& visit) {
    visit(Protocol::Operation{OperationKind::write, {number}});
  }
};

struct Testing : TestbedOf<Protocol, Writers> {
  static constexpr std::string_view about = "n1 keeps the first value that it hears of";

  struct Options {
    Duration patience{20};
    static constexpr void fields(auto& self, auto&& visit) {
      visit(OptionText{.name = "patience",
                       .about = "Ticks until it is offered again, besides those of messages",
                       .min = 1,
                       .max = 50},
            self.patience);
    }
  };

  static Config make_config(const Configuration& configuration) {
    return {static_cast<std::uint8_t>(configuration.node_count),
            configuration.delay.max * 2 + configuration.disk.max +
                options_of<Options>(configuration).patience,
            {}};
  }
  static bool can_decide(const Configuration& /*configuration*/, NodeSet up) {
    return up.contains({0});
  }
};
const RegisteredProtocol<Testing> registered;

Value keep_last(Value kept, Value offered) { return offered.is_none() ? kept : offered; }
const RegisteredMutant<Protocol> keeps_last({
    .text = {.slug = "fw-keep-last",
             .about = "keeps the last value, not the first",
             .source = "the test",
             .faults = "none",
             .property = "agreement",
             .cluster = "2 nodes"},
    .plant = [](Config& config) { config.rules.value_to_keep = &keep_last; },
});

const RegisteredMutant<Protocol> speaks_early({
    .text = {.slug = "fw-speak-early",
             .about = "says what it keeps before that is durable",
             .source = "the test",
             .faults = "a crash between a write and its end",
             .property = "agreement",
             .cluster = "2 nodes"},
    .plant = [](Config& config) { config.speaks_early = true; },
});

}  // namespace
}  // namespace synod::first_wins
