// A failure as it is kept, by whichever verb or test met it: its trace made as small as can be,
// told, and written as a file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"
#include "scenarios/shrink/shrink_report.h"
#include "tools/long_work/progress_line.h"
#include "tools/long_work/stop.h"
#include "tools/support/files.h"

namespace synod {

class KeptFailure {
 public:
  /// The trace as it was found. `runner` runs what `choices` say, and must outlive it.
  KeptFailure(Runner& runner, RunChoices choices, Trace found, bool has_observations = false);

  /// While `line` shows how far it is, until it is stopped.
  void shrink(std::uint64_t effort, const Stop& stop, ProgressLine& line);
  /// By effort alone and unseen, so that who repeats it comes to the same.
  void shrink(std::uint64_t effort);

  /// What came of shrinking it; its trace is the small one, or else the one that was found.
  [[nodiscard]] const ShrinkReport& shrunk() const { return shrunk_; }
  [[nodiscard]] bool is_small() const { return shrunk_.why_original.empty(); }
  /// The steps of that trace as `replay --log` tells them (shrinking.h).
  [[nodiscard]] std::vector<std::string> story() const;

  /// What a file of it holds.
  [[nodiscard]] std::string text() const { return text_of(shrunk_.trace); }
  [[nodiscard]] bool try_write(const std::string& path, WrittenFiles& files) const;
  [[nodiscard]] bool try_write_found(const std::string& path, WrittenFiles& files) const;

 private:
  [[nodiscard]] std::string text_of(Trace trace) const;

  Runner& runner_;
  RunChoices choices_;
  Trace found_;
  bool has_observations_;
  ShrinkReport shrunk_;
};

}  // namespace synod
