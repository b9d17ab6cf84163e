// The thing that is agreed on. A protocol only ever compares values, so a small number serves;
// in text the first ones have names of colours, because "red was chosen, then blue" reads well.
#pragma once

#include <compare>
#include <cstdint>

namespace synod {

struct Value {
  std::uint32_t number = 0;  ///< 0 is no value
  [[nodiscard]] constexpr bool is_none() const { return number == 0; }
  auto operator<=>(const Value&) const = default;
};

}  // namespace synod
