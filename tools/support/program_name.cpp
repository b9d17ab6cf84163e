#include "tools/support/program_name.h"

#include <string>

#include "scenarios/words/safe_text.h"

namespace synod {
namespace {

std::string& remembered() {
  static std::string name = "synod";
  return name;
}

}  // namespace

std::string_view program_name() { return remembered(); }

void name_program(int argc, char** argv) {
  const std::string_view typed = argc > 0 ? argv[0] : "";
  const std::string_view last = typed.substr(typed.rfind('/') + 1);
  if (!last.empty()) {
    remembered() = shell_word(last);
  }
}

}  // namespace synod
