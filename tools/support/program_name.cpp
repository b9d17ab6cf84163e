#include "tools/support/program_name.h"

#include <string>

#include "scenarios/words/safe_text.h"

namespace synod {
namespace {

std::string& remembered() {
  static std::string name = "synod";
  return name;
}

std::string& remembered_as_typed() {
  static std::string program;
  return program;
}

}  // namespace

std::string_view program_name() { return remembered(); }
std::string_view program_as_typed() { return remembered_as_typed(); }

void name_program(int argc, char** argv) {
  const std::string_view typed = argc > 0 ? argv[0] : "";
  remembered_as_typed() = shell_word(typed);
  const std::string_view last = typed.substr(typed.rfind('/') + 1);
  if (!last.empty()) {
    remembered() = shell_word(last);
  }
}

}  // namespace synod
