// What the runner needs of a protocol (see protocol_runner.h), where a protocol says no more than
// it must: a base whose members a protocol's own setup replaces by declaring others of the same
// name.
//
//   struct Testing : synod::TestbedOf<my::Protocol, MyClients, MyProperty, …> {
//     static constexpr std::string_view about = "an atomic register; Attiya, Bar-Noy and Dolev";
//     static my::Config make_config(const synod::Configuration& configuration);
//   };
//   const synod::RegisteredProtocol<Testing> registered;
//
// What it gets for nothing is in properties/any/witness.h.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "properties/any/witness.h"
#include "properties/progress.h"
#include "scenarios/play/planted.h"
#include "sim/luck.h"
#include "sim/world/clients.h"
#include "sim/world/configuration.h"
#include "sim/world/reach.h"

namespace synod {

template <Protocol P, class SomeClients, class... Properties>
struct TestbedOf {
  using Protocol = P;
  using Clients = SomeClients;
  using Witness = AnyWitness<P, Properties...>;

  /// For `list`.
  static constexpr std::string_view about = "a protocol";
  static constexpr const PropertyText& survivors_text = progress_text;
  /// Does it bear nodes that come back?
  static constexpr bool nodes_restart = true;
  /// Every so many runs one is made twice, and must come to the same; 0 is never.
  static constexpr std::uint64_t runs_a_determinism_check = 8;

  Planted<P> planted;

  /// Makes what was drawn fit for the protocol: takes away what it does not claim to bear.
  static void fit(Configuration& /*configuration*/, const Luck& /*luck*/) {}
  static typename P::Config make_config(const Configuration& configuration) {
    if constexpr (std::same_as<typename P::Config, ClusterConfig>) {
      return {configuration.node_count, configuration.delay.max + configuration.disk.max};
    } else {
      return {};
    }
  }
  void start(Witness& witness, const typename P::Config& /*config*/,
             const Configuration& /*configuration*/) const {
    witness.start(planted.gives_up());
  }
  /// Why runs with this configuration lie outside of what it claims to bear; empty when they do
  /// not.
  static std::string outside_fault_model(const Configuration& /*configuration*/) { return {}; }
  /// So many nodes get on, whichever they are and whatever became of the others: it is tried for
  /// each. 0: that is not tried.
  static std::uint32_t survivor_count(const Configuration& /*configuration*/) { return 0; }
  /// Must these nodes alone get on?
  static bool can_decide(const Configuration& configuration, NodeSet up) {
    return up.size() > configuration.node_count / 2;
  }
  /// Which nodes must get on while links stay cut: `reaching_most_decide`, for one
  /// (sim/world/reach.h). None, unless it is said.
  static constexpr AmidCuts amid_cuts{};
  /// Nodes that nothing but their names tells apart (explore/world_space.h).
  static NodeSet interchangeable(const Configuration& /*configuration*/) { return {}; }
};

}  // namespace synod
