// The main of a program with every verb, for whichever protocols are linked with it: what links
// synod::main is one.
#include "tools/program.h"

int main(int argc, char** argv) { return synod::run_program(argc, argv); }
