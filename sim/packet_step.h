// A step that names a packet.
#pragma once

#include <cstdint>

#include "core/fields.h"
#include "sim/packet.h"

namespace synod {

/// Where a packet probably is. Takes no part in what a step means.
struct SlotHint {
  PacketSlot slot = UINT32_MAX;
  constexpr bool operator==(const SlotHint&) const { return true; }
};

template <class P>
struct PacketStep {
  Packet<P> packet;
  SlotHint hint;
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, self.packet);
    leave_out(visit, self.hint);  // takes no part in what a step means
  }
  bool operator==(const PacketStep&) const = default;
};

}  // namespace synod
