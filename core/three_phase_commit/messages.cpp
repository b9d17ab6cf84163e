#include "core/three_phase_commit/messages.h"

#include <array>

namespace synod::three_phase_commit {
namespace {

constexpr std::array<std::string_view, 6> states = {"initial",       "voting",    "waiting",
                                                    "pre_committed", "committed", "aborted"};

}  // namespace

std::span<const std::string_view> words_of(State /*state*/) { return states; }

}  // namespace synod::three_phase_commit
