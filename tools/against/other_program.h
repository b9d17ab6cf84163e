// Another build of the program, asked as a user would: by its command line.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>

#include "scenarios/format/verdict.h"

namespace synod {

class OtherProgram {
 public:
  /// Throws InputError for what cannot be run, or does not say that it is such a program.
  explicit OtherProgram(std::string path);

  /// "synod 0.1.0 (abc1234, g++ 12.2.0, release)"
  [[nodiscard]] const std::string& name() const { return name_; }

  /// All that it makes of this trace, as scenarios/chronicle/chronicle.h describes. Throws
  /// InputError, with what it said itself, where it cannot read the trace or knows no chronicles.
  [[nodiscard]] nlohmann::ordered_json chronicle(const std::string& trace) const;

  /// What comes of the trace when the run goes on behind its steps; with `violated`, of which
  /// property.
  [[nodiscard]] std::pair<Verdict, std::string> verdict(const std::string& trace) const;

 private:
  std::string path_;
  std::string name_;
};

}  // namespace synod
