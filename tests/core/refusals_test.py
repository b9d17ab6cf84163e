#!/usr/bin/env python3
"""Wrong use of `fields` does not compile, and the compiler says why; right use, beside it, does."""

import os
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(os.environ["SYNOD_SOURCE_DIR"])
COMPILER = os.environ.get("CXX", "c++")

PROLOGUE = """
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "scenarios/explore/state_bytes.h"
#include "sim/hash.h"
#include "sim/world/step.h"
#include "scenarios/explore/sleep_sets.h"
#include "core/paxos/node.h"

using namespace synod;
"""

STATE = """
struct State {
  std::uint32_t term = 0;
  %s
  static constexpr void fields(auto& self, auto&& visit) { visit("term", self.term); %s }
};
"""
HASHED = "std::uint64_t hash(const State& state) { return hash_of(state); }"
WRITTEN = "void write(StateWriter<false>& writer, const State& state) { writer.add(state); }"
READ = "void read(StateReader& reader, State& state) { reader.read(state); }"


def complaints(source):
    """None where it compiles."""
    command = [COMPILER, "-std=c++20", "-fsyntax-only", f"-I{ROOT}", "-x", "c++", "-"]
    done = subprocess.run(command, input=PROLOGUE + source, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else done.stderr


def state(member, visited=True):
    name = member.split(" = ")[0].split()[-1]
    return STATE % (f"{member};", f'visit("{name}", self.{name});' if visited else "")


class Refusals(unittest.TestCase):
    def expect_refused(self, source, reason):
        for use in (HASHED, WRITTEN, READ):
            told = complaints(source + use)
            self.assertIsNotNone(told, use)
            self.assertIn(reason, told)

    def test_what_is_right_compiles(self):
        self.assertIsNone(complaints(state("std::map<std::string, bool> heard") + HASHED + WRITTEN + READ))

    def test_a_member_that_fields_forgets(self):
        self.expect_refused(state("std::uint64_t vote = 0", visited=False), "leaves out a member of this type")

    def test_a_member_that_fields_leaves_out_in_so_many_words(self):
        forgetful = state("std::uint64_t vote = 0", visited=False)
        self.assertIsNone(complaints(forgetful.replace("self.term);", "self.term); leave_out(visit, self.vote);") +
                                     HASHED + WRITTEN + READ))

    def test_fields_that_cannot_be_checked(self):
        self.expect_refused(state("bool vote = false").replace("static constexpr", "static"), "must be constexpr")

    def test_an_unordered_container(self):
        self.expect_refused(state("std::unordered_map<int, int> heard"), "in which order it iterates is an accident")

    def test_a_floating_point_number(self):
        self.expect_refused(state("double weight = 0"), "not the same on every machine")

    def test_a_pointer(self):
        self.expect_refused(state("const char* name = nullptr"), "an address means nothing in another run")
        self.expect_refused(state("std::shared_ptr<int> heard"), "an address means nothing in another run")

    def test_a_type_of_which_nothing_is_known(self):
        self.expect_refused("struct Opaque { int number = 0; };\n" + state("Opaque vote"),
                            "nothing is known of this type")

    def test_a_step_whose_new_field_is_ignored(self):
        step = """
struct RestartStep2 : PauseStep {
  static constexpr std::string_view name = "restart";
  bool is_slow = false;
};
static_assert(detail::names_of(std::type_identity<std::variant<RestartStep2>>{}).size() == 1);
"""
        self.assertIn("a step's fields are its own, and all of them", complaints(step))
        self.assertIsNone(complaints(step.replace("bool is_slow = false;", "")))

    def test_a_new_kind_of_step_of_which_nobody_says_what_becomes_of_it(self):
        listed = """
struct Listed {
  template <class Nothing>
    requires IsOneOf<Nothing, PauseStep, ResumeStep>
  void operator()(const Nothing&) const {}
};
void visit(const std::variant<%s>& step) { std::visit(Listed{}, step); }
"""
        self.assertIsNone(complaints(listed % "PauseStep, ResumeStep"))
        self.assertIsNotNone(complaints(listed % "PauseStep, ResumeStep, SkewStep"))


if __name__ == "__main__":
    unittest.main()
