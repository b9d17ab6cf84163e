// How often the heap was asked for memory, by this thread. For measuring only.
#pragma once

#include <cstdint>
#include <optional>

namespace synod {

/// Since the thread began; a difference of two is what matters. None in a build with sanitizers,
/// whose own allocator must stay in place, and in a program that brings an operator new of its own.
std::optional<std::uint64_t> allocations_of_this_thread();

}  // namespace synod
