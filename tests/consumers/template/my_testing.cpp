// How the protocol is set up and judged, and the one line that makes it known.
#include <synod/testbed.h>

#include <set>

#include "my_protocol.h"

namespace my {
namespace {

/// What clients ask: every kind of operation there is, with a number of its own.
struct Clients {
  static void each(std::uint32_t number, auto&& visit) { visit(Operation{number}); }
  static std::uint32_t number_in(const Operation& operation) { return operation.proposal; }
  static void set_number(Operation& operation, std::uint32_t number) {
    operation.proposal = number;
  }
};

/// A client is told what somebody has asked for. (That no two nodes learn different numbers, and
/// that clients get their answers in the end, is judged without a word here.)
struct Validity {
  static constexpr synod::PropertyText text{"validity", "what is taken was asked for", "consensus"};
  std::set<std::uint32_t> asked;
  void on(const synod::Called<Protocol>& called, synod::Findings& /*findings*/) {
    asked.insert(called.request.operation.proposal);
  }
  void on(const synod::Learned<Protocol>& learned, synod::Findings& findings) {
    findings.expect(asked.contains(learned.value), text, [&] {
      return fmt::format("{} has learned {}, which nobody asked for", learned.node, learned.value);
    });
  }
  static constexpr void fields(auto& self, auto&& visit) { visit("asked", self.asked); }
  bool operator==(const Validity&) const = default;
};

struct Testing : synod::TestbedOf<Protocol, Clients, Validity> {
  static constexpr std::string_view about = "n1 takes the first number that it hears of";

  static Config make_config(const synod::Configuration& configuration) {
    return {.nodes = synod::NodeSet::first(configuration.node_count),
            .patience = configuration.delay.max * 2 + configuration.disk.max * 2};
  }
  /// While n1 is down, nobody gets on.
  static bool can_decide(const synod::Configuration& configuration, synod::NodeSet up) {
    return up == synod::NodeSet::first(configuration.node_count);
  }
};

const synod::RegisteredProtocol<Testing> registered;

}  // namespace
}  // namespace my
