// Clients of what many protocols offer; see sim/world/clients.h.
#pragma once

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <string>

#include "properties/any/sequential_specification.h"

namespace synod {

/// Of a register of numbers: they write, each its own number, and read.
struct RegisterClients {
  using Operation = Register<std::uint32_t>::Operation;
  static void each(std::uint32_t number, auto&& visit) {
    visit(Register<std::uint32_t>::write(number));
    visit(Register<std::uint32_t>::read());
  }
  static std::uint32_t number_in(const Operation& operation) { return operation.value.value; }
  static void set_number(Operation& operation, std::uint32_t number) {
    operation.value.value = operation.value.is_nil ? 0 : number;
  }
};

/// Of a store of keys and values: on two keys they put, each its own value, and get.
struct KeyValueClients {
  using Operation = KeyValueStore::Operation;
  using Kind = KeyValueStore::Kind;
  static void each(std::uint32_t number, auto&& visit) {
    for (const char* key : {"x", "y"}) {
      visit(Operation{Kind::put, key, fmt::format("{}", number)});
      visit(Operation{Kind::get, key, ""});
    }
  }
  static std::uint32_t number_in(const Operation& operation) {
    std::uint32_t number = 0;
    std::from_chars(operation.value.data(), operation.value.data() + operation.value.size(),
                    number);
    return number;
  }
  static void set_number(Operation& operation, std::uint32_t number) {
    if (operation.kind == Kind::put) {
      operation.value = fmt::format("{}", number);
    }
  }
};

}  // namespace synod
