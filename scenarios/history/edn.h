// One line of EDN, the notation of Clojure's data (github.com/edn-format/edn), as far as logs of
// Jepsen speak it: nil, numbers, words (symbols and :keywords), strings, lists in [] or (), maps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace synod {

/// What complaints are about.
struct LineOfFile {
  std::string_view file;
  std::size_t line = 0;  ///< from 1

  [[noreturn]] void fail(std::string_view complaint) const;
};

struct EdnValue {
  enum class Kind : std::uint8_t { nil, number, word, string, list, map };
  Kind kind = Kind::nil;
  std::string text;  ///< of a number or a word, as it stands; of a string, its contents
  std::vector<EdnValue> elements;  ///< of a map: key, value, key, value …

  /// In a map, under this word; null where there is none.
  [[nodiscard]] const EdnValue* find(std::string_view word) const;
};

/// All values on a line, one after another; commas are blanks. Throws InputError, at `place`.
std::vector<EdnValue> parse_edn(std::string_view line, const LineOfFile& place);

/// Something short to show of it: "a list", or itself.
std::string described(const EdnValue& value);

}  // namespace synod
