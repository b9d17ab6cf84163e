#include "tests/door/first_durable.h"

#include <cstdint>
#include <string_view>

#include "scenarios/mutants/mutant.h"
#include "scenarios/run/registered_protocol.h"
#include "scenarios/run/testbed_of.h"

namespace synod::first_durable {
namespace {

struct Writers {
  static void each(std::uint32_t number, auto&& visit) {
    visit(Protocol::Operation{OperationKind::write, {number}});
  }
};

struct Testing : TestbedOf<Protocol, Writers> {
  static constexpr std::string_view about = "n1 keeps the first value that its disk takes";

  static Config make_config(const Configuration& configuration) {
    return {static_cast<std::uint8_t>(configuration.node_count),
            configuration.delay.max * 2 + configuration.disk.max + Duration{20}};
  }
  static bool can_decide(const Configuration& /*configuration*/, NodeSet up) {
    return up.contains({0});
  }
};
const RegisteredProtocol<Testing> registered;

const RegisteredMutant<Protocol> takes_every_write_for_done({
    .text = {.slug = "fd-takes-every-write-for-done",
             .about = "speaks of a write that has failed as if it were on the disk",
             .source = "the test",
             .faults = "fail_write, crash",
             .property = "agreement",
             .cluster = "1 node, 2 clients"},
    .plant = [](Config& config) { config.takes_every_write_for_done = true; },
});

}  // namespace
}  // namespace synod::first_durable
