// synod: the testbed with our own protocols, and the verbs whose subject they are.
#include <array>

#include "tools/program.h"
#include "tools/support/verbs.h"

int main(int argc, char** argv) {
  static constexpr std::array<synod::OwnVerb, 2> own = {
      {{&synod::compare_verb, "list"}, {&synod::texts_verb, "shortest"}}};
  return synod::run_program(argc, argv, own);
}
