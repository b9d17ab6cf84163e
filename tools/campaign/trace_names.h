// What the traces of a campaign are called: by what was run, what it broke, and the seed.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "scenarios/run/runner.h"

namespace synod {

struct Violation;

class TraceNames {
 public:
  /// In this folder, which need not be there yet. Throws InputError when its name is too long for
  /// any trace in it.
  TraceNames(std::string folder, const RunChoices& choices);

  /// Where the trace of a violation goes: "traces/paxos-sd-pick-own-agreement-17", and then
  /// `ending`, ".json" or ".original.json". Where many planted bugs would make it longer than the
  /// file system allows, the first of them stand for all, with how many more there are and a hash
  /// of all their names.
  [[nodiscard]] std::string of(const Violation& violation, std::string_view ending) const;

  /// They are not what they would be if names could be of any length.
  [[nodiscard]] bool are_shortened() const { return are_shortened_; }
  /// "traces/paxos-…-PROPERTY-SEED.json"
  [[nodiscard]] std::string pattern() const;
  /// Whether some trace could have the name of this file.
  [[nodiscard]] bool may_be(const std::string& file) const;

 private:
  std::span<const PropertyText> properties_;
  std::string folder_;
  std::string what_;  ///< what was run
  bool are_shortened_ = false;
};

}  // namespace synod
