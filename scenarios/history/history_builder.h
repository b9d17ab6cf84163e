// Operations of a history, gathered by what the formats call them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/history/history_file.h"

namespace synod {

/// What may be asked, in a model. One of each name at most; none with two models.
struct OperationName {
  std::string_view name;
  bool is_of_store = false;
  bool has_value = false;   ///< that the client gives
  bool has_result = false;  ///< a value that it is told
};
/// Null where there is none.
const OperationName* find_operation(std::string_view name);
/// "read, write and cas of a register, or get, put and append of a store"
std::string_view operation_names();

/// An operation in the words of all formats.
struct ReadOperation {
  const OperationName* name = nullptr;
  std::string client;
  std::string key;                    ///< of a store
  std::string value;                  ///< where the name has one; of a cas, what is to be set
  std::optional<std::string> from;    ///< of a cas; none: nil
  bool is_finished = false;           ///< returned, and its result is known
  std::optional<std::string> result;  ///< of a read or a get; none: nil, which of a get is ""
  bool is_set = true;                 ///< of a cas that is finished
  std::uint64_t called_at = 0;
  std::uint64_t returned_at = never;
  HistoryPlace place;
};

/// A text among a register's values, which also are numbers: what is shown of it.
std::string text_in_register(std::string_view text);

/// All are of one model. In any order; they come out in that of their calls.
HistoryFile build_history(std::vector<ReadOperation> operations, bool is_store);

/// In the formats' own sources.
HistoryFile parse_history_log(std::string_view text, const std::string& file);
HistoryFile parse_history_json(std::string_view text, const std::string& file);

}  // namespace synod
