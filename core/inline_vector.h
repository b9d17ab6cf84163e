// A vector with room for a fixed number of elements inside itself: no allocation, flat copies.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace synod {

template <class T, std::size_t Capacity>
class InlineVector {
 public:
  using value_type = T;
  /// Returns false, and adds nothing, when full.
  constexpr bool try_push(const T& element) {
    if (size_ == Capacity) {
      return false;
    }
    elements_[size_++] = element;
    return true;
  }
  constexpr void erase(std::size_t index) {
    std::copy(begin() + index + 1, end(), begin() + index);
    elements_[--size_] = T{};  // equal contents stay equal bytes
  }
  constexpr void clear() { *this = InlineVector{}; }

  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr bool is_empty() const { return size_ == 0; }
  constexpr T& operator[](std::size_t index) { return elements_[index]; }
  constexpr const T& operator[](std::size_t index) const { return elements_[index]; }
  constexpr T* begin() { return elements_.data(); }
  constexpr T* end() { return elements_.data() + size_; }
  [[nodiscard]] constexpr const T* begin() const { return elements_.data(); }
  [[nodiscard]] constexpr const T* end() const { return elements_.data() + size_; }

  bool operator==(const InlineVector&) const = default;

 private:
  std::array<T, Capacity> elements_{};
  std::size_t size_ = 0;
};

}  // namespace synod
