// The program's own operator new: malloc and one increment. Arrays and the kinds that do not throw
// come through here too, as the standard says of what is not replaced. Weak, so that a guest's own
// takes its place, and forwarding as the standard's do, so that it need not replace all of them.
#include "tools/bench/allocation_count.h"

#include <cstddef>
#include <cstdlib>
#include <new>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SYNOD_HAS_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define SYNOD_HAS_SANITIZER
#endif
#endif

#ifdef SYNOD_HAS_SANITIZER

namespace synod {
std::optional<std::uint64_t> allocations_of_this_thread() { return std::nullopt; }
}  // namespace synod

#else

namespace synod {
namespace {

constinit thread_local std::uint64_t allocation_count = 0;

/// As the standard has it: where there is no memory, ask the handler to make some, and try again.
template <class Allocate>
void* counted(Allocate allocate) {
  ++allocation_count;
  for (;;) {
    if (void* memory = allocate()) {
      return memory;
    }
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) {
      throw std::bad_alloc();
    }
    handler();
  }
}

/// No guest has taken its place.
bool is_in_place() {
  const std::uint64_t before = allocation_count;
  ::operator delete(::operator new(1));
  return allocation_count != before;
}

}  // namespace

std::optional<std::uint64_t> allocations_of_this_thread() {
  static const bool counts = is_in_place();
  return counts ? std::optional(allocation_count) : std::nullopt;
}

}  // namespace synod

[[gnu::weak]] void* operator new(std::size_t size) {
  return synod::counted([&] { return std::malloc(size == 0 ? 1 : size); });
}
[[gnu::weak]] void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto align = static_cast<std::size_t>(alignment);
  const std::size_t whole = size == 0 ? align : (size + align - 1) / align * align;
  return synod::counted([&] { return std::aligned_alloc(align, whole); });
}
[[gnu::weak]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::weak]] void operator delete(void* memory, std::size_t /*size*/) noexcept {
  ::operator delete(memory);
}
[[gnu::weak]] void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}
[[gnu::weak]] void operator delete(void* memory, std::size_t /*size*/,
                                   std::align_val_t alignment) noexcept {
  ::operator delete(memory, alignment);
}

#endif
