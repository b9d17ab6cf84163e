// The same steps, taken by two builds of a protocol: where does a node first do something else?
// For who has changed the protocol itself, and has no planted bug to compare with.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/chronicle/chronicle.h"

namespace synod {

struct UnlikeStep {
  Chronicle::StepIndex step = 0;
  /// There, too. Where it is not, it does not apply there: what it is about is not there.
  bool is_taken = true;
  /// Phrases that complete "to", as in Chronicle::FirstDifference; what both do is left away.
  std::vector<std::string> here;
  std::vector<std::string> there;
  /// The first earlier step at which the actor's memory was another, and what differed.
  std::optional<Chronicle::StepIndex> memory_since;
  std::string memory;  ///< "yes_votes_ is {n2} here, and {} there"
};

/// The first step at which a node says, writes, keeps or learns something else; none where it is
/// always the same. `there` is the other build's chronicle, as `to_json` writes it; of fields of
/// nodes those count that both builds have. Throws InputError for what is no such chronicle.
std::optional<UnlikeStep> first_unlike(const Chronicle& here, const nlohmann::ordered_json& there);

/// "promised 1.n1, vote red@1.n1": of that node, before the step, what says something.
std::string state_before(const Chronicle& chronicle, Chronicle::StepIndex step,
                         const std::string& node, std::string_view part);

}  // namespace synod
