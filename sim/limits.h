// What a run may come to, and no further: the bounds of the numbers that the simulator counts in.
//
// Where a run comes to one, the engine says so (`LimitMet`), and nothing that comes after is
// judged: such a run never holds, whichever way it is played. Bounds that no run can come to are
// asserted here, with why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include "core/ids.h"
#include "sim/packet.h"
#include "sim/time.h"

namespace synod {

/// Of what is in flight at the same time. A slot could name more, memory could not hold it.
inline constexpr std::size_t in_flight_max = 1'000'000;
static_assert(in_flight_max < std::numeric_limits<PacketSlot>::max() - 2);

/// By any node's clock, this way or that: beyond it the product of a clock's rate and a time would
/// not fit (sim/clock.h).
inline constexpr std::int64_t clock_ticks_max = std::int64_t{1} << 50;

/// Of a drawn run: `Configuration::steps_max` is at most this.
inline constexpr std::uint64_t drawn_steps_max = 10'000'000;
// A drawn run numbers its messages, time-outs and draws in 32 bits, and uses up to four draws for
// each. No message leaves without a step of its own.
static_assert((drawn_steps_max + in_flight_max) * 4 < std::numeric_limits<std::uint32_t>::max());
/// Timers that are set, of a drawn run: they take no steps, and are numbered in 32 bits as well.
inline constexpr std::uint64_t drawn_timers_max = std::numeric_limits<std::uint32_t>::max() / 4;

namespace limits {

inline constexpr std::string_view in_flight =
    "1,000,000 messages are in flight: the limit of a run";
inline constexpr std::string_view requests =
    "a client makes its 65,535th request: the limit of a run";
inline constexpr std::string_view attempts =
    "a client asks for the same the 65,535th time: the limit of a run";
inline constexpr std::string_view values =
    "there is no value left that no client has written: the limit of a run";
inline constexpr std::string_view writes =
    "a node issues its 4,294,967,295th write: the limit of a run";
inline constexpr std::string_view time =
    "the time goes beyond 70,368,744,177,663 ticks: the limit of a run";
inline constexpr std::string_view clock =
    "a node's clock is off by more than 2^50 ticks: the limit of a run";

}  // namespace limits

static_assert(in_flight_max == 1'000'000);
static_assert(std::numeric_limits<decltype(RequestId::number)>::max() == 65'535);
static_assert(time_ticks_max == 70'368'744'177'663);

}  // namespace synod
