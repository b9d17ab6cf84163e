// What is to come in a drawn run.
#pragma once

#include <cstdint>

#include "sim/packet.h"

namespace synod {

enum class EventKind : std::uint8_t {
  deliver,
  drop,
  duplicate,
  finish_write,
  fire,
  next_operation,
  client_timeout,
  trouble,  ///< something goes wrong (sim/faults/trouble.h)
  undo,     ///< and is repaired
  timed,    ///< a fault that has a time of its own
  end_of_chaos,
  end_of_progress,
  luck,
};

/// Something to come. When its time has come it may turn out to be void, or become some steps.
struct Event {
  EventKind kind{};
  std::uint8_t subject = 0;  ///< a node, a client
  std::uint8_t timer = 0;
  std::uint8_t part = 0;  ///< of the nemesis: which kind of trouble
  PacketSlot slot = 0;
  std::uint32_t number = 0;  ///< of a write, a timer's arming, a client's wait, a pause, a cut,
                             ///< a timed fault
};

}  // namespace synod
