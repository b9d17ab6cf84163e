// Histories for tests, in few words: a history is a text in which each operation is a line,
//   "c1 write 2 at 1-4", "c2 read 2 at 3-5", "c2 read nil at 6-7", "c1 set 1 to 2 at 8-9",
//   "c1 set 1 to 2 fails at 8-9", "c3 write 5 at 6-": never returned.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include "properties/any/history.h"
#include "properties/any/sequential_specification.h"

namespace synod::any_testing {

using Cell = Register<std::uint64_t>;
using CellHistory = History<Cell>;

inline Nilable<std::uint64_t> number_or_nil(const std::string& word) {
  return word == "nil" ? Nilable<std::uint64_t>() : Nilable<std::uint64_t>(std::stoull(word));
}

inline ClientOperation<Cell> operation_of(const std::string& line) {
  std::istringstream words(line);
  std::string client;
  std::string what;
  std::string value;
  std::string word;
  words >> client >> what >> value;
  ClientOperation<Cell> operation;
  operation.client = static_cast<std::uint32_t>(std::stoul(client.substr(1)));
  if (what == "write") {
    operation.operation = Cell::write(std::stoull(value));
    operation.result = Cell::written();
  } else if (what == "read") {
    operation.operation = Cell::read();
    operation.result = Cell::value_read(number_or_nil(value));
  } else {
    words >> word >> word;
    operation.operation = Cell::compare_and_set(number_or_nil(value), number_or_nil(word));
    operation.result = Cell::was_set(true);
  }
  words >> word;
  if (word == "fails") {
    operation.result = Cell::was_set(false);
    words >> word;
  }
  words >> word;
  const std::size_t dash = word.find('-');
  operation.called_at = std::stoull(word.substr(0, dash));
  if (dash + 1 < word.size()) {
    operation.returned_at = std::stoull(word.substr(dash + 1));
  } else {
    operation.result.reset();
  }
  return operation;
}

inline CellHistory history_of(const std::vector<std::string>& lines) {
  CellHistory history;
  for (const std::string& line : lines) {
    history.push_back(operation_of(line));
  }
  return history;
}

}  // namespace synod::any_testing
