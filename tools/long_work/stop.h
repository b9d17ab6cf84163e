// When a command ends though there is more to do: at Ctrl-C, or when the time that it was given is
// up. Made once, where a command begins, and handed to all that takes long: so that one bound holds
// for the whole of it, what follows the runs included.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace synod {

class Stop {
 public:
  /// Seconds since whenever.
  using Clock = std::function<double()>;
  static double steady_seconds();

  /// From now on, for `seconds`, if that is given, or until `interrupt` is set, which must outlive
  /// it.
  explicit Stop(const std::atomic<bool>& interrupt, std::optional<double> seconds = {},
                Clock clock = steady_seconds);

  /// Would it be asked for so many seconds from now?
  [[nodiscard]] bool is_asked(double seconds_from_now = 0) const;
  [[nodiscard]] bool is_interrupted() const { return interrupt_.load(); }
  /// In words, of one that is asked for: "the time was up".
  [[nodiscard]] std::string_view why() const;

  /// Since it was made.
  [[nodiscard]] double seconds_gone() const { return clock_() - start_; }
  /// That was given; none where nothing but Ctrl-C ends it.
  [[nodiscard]] std::optional<double> seconds() const { return seconds_; }
  /// For the next of so many things that are still to be done: of the time left, its share.
  [[nodiscard]] Stop for_one_of(std::uint64_t things) const;

 private:
  const std::atomic<bool>& interrupt_;
  std::optional<double> seconds_;
  Clock clock_;
  double start_;
};

}  // namespace synod
