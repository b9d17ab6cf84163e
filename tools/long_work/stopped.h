// How work that several functions are deep in is ended, and they with it.
#pragma once

#include <exception>

namespace synod {

/// Thrown out of work that was ended, between two of its steps. Its result is lost: who has
/// something by then that is better than nothing catches this.
struct Stopped final : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return "stopped before its end"; }
};

inline void stop_if(bool must_stop) {
  if (must_stop) {
    throw Stopped();
  }
}

}  // namespace synod
