#include "core/three_phase_commit/messages.h"

#include <array>

namespace synod::three_phase_commit {
namespace {

constexpr std::array<std::string_view, 6> states = {"initial",       "voting",    "waiting",
                                                    "pre_committed", "committed", "aborted"};

}  // namespace

std::string_view to_text(State state) { return states[static_cast<std::size_t>(state)]; }

bool try_parse(std::string_view text, State& state) {
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (states[i] == text) {
      state = static_cast<State>(i);
      return true;
    }
  }
  return false;
}

std::span<const std::string_view> words_of(State /*state*/) { return states; }

}  // namespace synod::three_phase_commit
