#include "tools/trace/bisect.h"

#include <string_view>

namespace synod {

bool is_for_bisect(int argc, const char* const* argv) {
  const bool is_replay = argc > 1 && std::string_view(argv[1]) == "replay";
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--") {
      return false;  // what comes behind are no options
    }
    if (word == "--bisect" || word.starts_with("--bisect=") ||
        (is_replay && (word.starts_with("--b") || word.starts_with("-b")))) {
      return true;
    }
  }
  return false;
}

}  // namespace synod
