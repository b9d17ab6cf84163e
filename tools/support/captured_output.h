// Standard output and error, caught while the code under test takes a step, whichever way it
// prints: it need not know that it is tested.
#pragma once

#include <string>

#include "scenarios/play/guest_log.h"

namespace synod {

/// One at a time. What was caught is not lost where the program ends meanwhile, by an assertion, a
/// crash, a sanitizer or `exit`: it comes out on standard error then. Where a stream is closed, or
/// the system refuses, nothing is caught.
class CapturedOutput final : public OutputCapture {
 public:
  CapturedOutput();
  ~CapturedOutput() override;

  void begin() override;
  std::string end() override;
};

}  // namespace synod
