// Histories in files: what clients of some system asked and were told, to be judged by
// `synod check`. Three formats, told apart by what the file begins with.
//
// A log of Jepsen: a line each for what a process does. Fields stand apart by blanks, values are
// EDN, and what stands before "jepsen.util - " is passed over:
//
//   INFO  jepsen.util - 0  :invoke  :write  3
//   INFO  jepsen.util - 0  :ok  :write  3
//   INFO  jepsen.util - 1  :invoke  :cas  [3 4]         from 3 to 4
//   INFO  jepsen.util - 1  :info  :cas  :timed-out
//
// EDN: a map each, of a register (:read, :write, :cas) or of a store (:get, :put, :append with
// :key). Other fields may stand there, too:
//
//   {:process 0, :type :invoke, :f :append, :key "x", :value "a"}
//
// In both, :ok is a return; :fail says that the operation certainly did not happen; after :info, or
// where the log ends first, it may have happened, or happen later, or never, and the process asks
// no more. Two lines are never at one instant: what stands first was first. A process is named by
// a number; what others do (:nemesis) is passed over.
//
// JSON:
//
//   {"format": "synod history", "version": 1, "model": "register", "operations": [
//     {"client": "c1", "operation": "write", "value": 3, "call": 1, "return": 4},
//     {"client": "c2", "operation": "read", "result": null, "call": 2, "return": 3},
//     {"client": "c2", "operation": "cas", "from": 3, "to": 4, "result": true, "call": 5,
//      "return": 6},
//     {"client": "c3", "operation": "write", "value": 5, "call": 6}]}
//
//   model      "register" (nil, which is null, at first) or "key_value" (each key "" at first)
//   client     a text or a number
//   operation  of a register: read, write with "value", cas with "from" and "to"
//              of a store: get, put with "value", append with "value"; each with "key"
//   call       a whole number; which instant it is
//   return     the same. Intervals are closed: who returns at 4 and who is called at 4 are
//              concurrent. None: it never returned
//   result     of a read or get, what it found; of a cas, true (set; so where it is left out) or
//              false (its value was another)
//   outcome    "ok" (so where "return" is there), "unknown" (so where it is not), or "failed": it
//              certainly did not happen
//
// Values are whole numbers or texts, and 3 is not "3".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "properties/any/history.h"
#include "properties/any/sequential_specification.h"

namespace synod {

using TextRegister = Register<std::string>;  ///< its values as they are shown
/// By the models' names in JSON.
using AnyHistory = std::variant<History<TextRegister>, History<KeyValueStore>>;

struct HistoryPlace {
  std::string client;           ///< as the file names it
  std::size_t call_line = 0;    ///< of the file
  std::size_t return_line = 0;  ///< 0: none
};

struct HistoryFile {
  AnyHistory history;                ///< in the order of the calls
  std::vector<HistoryPlace> places;  ///< of the operation with the same index
  std::size_t not_happened = 0;      ///< operations that failed, and are not in the history
};

/// Throws InputError.
HistoryFile read_history(const std::string& path);
/// `file` is for messages only.
HistoryFile parse_history(std::string_view text, const std::string& file);

}  // namespace synod
