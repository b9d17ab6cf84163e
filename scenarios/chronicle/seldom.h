// What most steps have none of, in the room of one pointer: there may be a million steps.
#pragma once

#include <memory>
#include <utility>

namespace synod {

/// Either a T, or nothing, which is read as a T without anything in it.
template <class T>
class Seldom {
 public:
  Seldom() = default;
  Seldom(T value)  // NOLINT(*-explicit-*): it is the same
      : value_(value.empty() ? nullptr : std::make_unique<T>(std::move(value))) {}
  Seldom(const Seldom& other) : Seldom(*other) {}
  Seldom(Seldom&& other) noexcept = default;
  Seldom& operator=(const Seldom& other) { return *this = Seldom(other); }
  Seldom& operator=(Seldom&& other) noexcept = default;
  ~Seldom() = default;

  [[nodiscard]] const T& operator*() const {
    static const T nothing{};
    return value_ == nullptr ? nothing : *value_;
  }
  [[nodiscard]] const T* operator->() const { return &**this; }
  /// For who puts something in, and leaves nothing behind.
  [[nodiscard]] T take() { return value_ == nullptr ? T{} : std::move(*std::exchange(value_, {})); }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace synod
