// The lock service under test.
#include <synod/testbed.h>

#include "lock_service.h"

namespace lock_service {
namespace {

struct Clients {
  static void each(std::uint32_t number, auto&& visit) {
    visit(Operation{Kind::acquire, number});
    visit(Operation{Kind::release, 0});
  }
  static std::uint32_t number_in(const Operation& operation) { return operation.owner; }
  static void set_number(Operation& operation, std::uint32_t number) {
    operation.owner = operation.kind == Kind::acquire ? number : 0;
  }
};

/// Clients see one lock.
struct OneLock {
  using State = lock_service::Result;
  using Operation = lock_service::Operation;
  using Result = lock_service::Result;
  static Result apply(State& lock, const Operation& operation) {
    return lock = change(lock, operation);
  }
  static std::string text(const Operation& operation) {
    return operation.kind == Kind::release ? "release"
                                           : fmt::format("acquire for {}", operation.owner);
  }
  static std::string text(const Operation& /*operation*/, const Result& result) {
    return fmt::format("owner {} with token {}", result.owner, result.token);
  }
};

struct Testing : synod::TestbedOf<Protocol, Clients, synod::Linearizable<OneLock>> {
  static constexpr std::string_view about = "a lock with fencing tokens";

  static Config make_config(const synod::Configuration& configuration) {
    return {.patience = configuration.delay.max * 2};
  }
  /// Without n1, nobody gets on.
  static bool can_decide(const synod::Configuration& /*configuration*/, synod::NodeSet up) {
    return up.contains(NodeId{0});
  }
};
const synod::RegisteredProtocol<Testing> registered;

const synod::RegisteredMutant<Protocol> tells_before_disk({
    .text = {.slug = "tells-before-disk",
             .about = "n1 tells what came of it before that is on disk",
             .source = "made up",
             .faults = "crash",
             .property = "linearizable",
             .cluster = "1 node, 2 clients"},
    .plant = [](Config& config) { config.waits_for_disk = false; },
});

}  // namespace
}  // namespace lock_service
