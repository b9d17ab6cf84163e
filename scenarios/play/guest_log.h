// What the code under test says while it takes a step: lines of its own log (Effects::log), and
// what it prints. It is told under the step, and is no part of the run: no state, no fingerprint
// and no verdict knows of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"

namespace synod {

/// Catches what is printed, on whatever way, while it is on. How is the tools' business.
class OutputCapture {
 public:
  virtual ~OutputCapture() = default;

  virtual void begin() = 0;
  /// What was printed since; nothing when it had not begun. From here on it comes out again.
  virtual std::string end() = 0;

  OutputCapture(const OutputCapture&) = delete;
  OutputCapture& operator=(const OutputCapture&) = delete;

 protected:
  OutputCapture() = default;
};

/// Adds the lines of `text`, fit to be shown, each behind `prefix`. Of very long lines the
/// beginning; of very many the first, and a line that says how many there are.
void add_guest_lines(std::vector<std::string>& lines, std::string_view prefix,
                     std::string_view text);

/// "n1 logs: ": no other line about a step begins so.
std::string logged_by(NodeId node);
inline constexpr std::string_view printed_prefix = "printed: ";

}  // namespace synod
