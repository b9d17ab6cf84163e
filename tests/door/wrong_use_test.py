#!/usr/bin/env python3
"""A protocol that does not fit through the door does not compile, and the compiler says why; beside it,
one that fits does."""

import os
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(os.environ["SYNOD_SOURCE_DIR"])
COMPILER = os.environ.get("CXX", "c++")

GUEST = """
#include "tools/guest/testbed.h"

struct Ping {
  static constexpr std::string_view name = "ping";
  static constexpr void fields(auto&, auto&&) {}
  bool operator==(const Ping&) const = default;
};
struct Operation {
  int wish = 0;
  static constexpr void fields(auto& self, auto&& visit) { visit("wish", self.wish); }
  bool operator==(const Operation&) const = default;
};
struct Guest : synod::NodeOf<Guest, Operation, std::variant<Ping>, int, synod::ResultOf<int>> {
  static constexpr std::string_view name = "guest";
  void start(const Config&, synod::NodeId, const int&, Out&) {}
  void on(const Config&, synod::NodeId, const Message&, Out&) {}
  void on(const Config&, const Request& request, Out& out) { out.reply({request.id, {1}}); }
  void on(const Config&, Timer, Out&) {}
  static constexpr void fields(auto&, auto&&) {}
  bool operator==(const Guest&) const = default;
};
struct Clients {
  static void each(unsigned, auto&& visit) { visit(Operation{1}); }
};
struct Testing : synod::TestbedOf<Guest, Clients> {};
const synod::RegisteredProtocol<Testing> registered;
"""


def complaints(source):
    """None where it compiles."""
    command = [COMPILER, "-std=c++20", "-fsyntax-only", f"-I{ROOT}", "-x", "c++", "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else done.stderr


class WrongUse(unittest.TestCase):
    def expect_refused(self, old, new, reason):
        self.assertIn(old, GUEST)
        told = complaints(GUEST.replace(old, new))
        self.assertIsNotNone(told)
        self.assertIn(reason, told)

    def test_a_guest_that_fits(self):
        self.assertIsNone(complaints(GUEST))

    def test_a_handler_that_is_missing(self):
        self.expect_refused("  void on(const Config&, Timer, Out&) {}\n", "", "node.on(config, timer, out)")

    def test_messages_that_are_no_variant(self):
        self.expect_refused("std::variant<Ping>", "Ping", "is_variant")

    def test_a_state_that_cannot_be_compared(self):
        self.expect_refused("  bool operator==(const Guest&) const = default;\n",
                            "  bool operator==(const Guest&) const = delete;\n", "regular")

    def test_an_operation_whose_field_is_called_as_one_of_its_step(self):
        self.expect_refused('visit("wish"', 'visit("number"', "a field of Operation is called as one of the step")

    def test_clients_that_do_not_say_what_they_ask(self):
        self.expect_refused("static void each(", "static void every(", "each")


if __name__ == "__main__":
    unittest.main()
