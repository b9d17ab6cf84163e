// JSON that knows where it stands: every value with the line that it begins on.
//
// No other header includes it, nor the library: g++ and clang++ lay JSON out in different ways, and
// guests compile our headers with either, whatever compiled the sources.
//
// This is the one reader of JSON: whatever a verb reads comes through it. Reading is meant for
// hostile input too: size, depth and numbers are limited, no name may occur twice, and whatever is
// wrong ends in one InputError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/json_fields.h"

namespace synod {

inline constexpr std::size_t json_size_max = std::size_t{256} << 20U;  ///< bytes
inline constexpr std::size_t json_depth_max = 16;
inline constexpr std::size_t json_members_max = 64;          ///< of one object
inline constexpr std::size_t json_elements_max = 5'000'000;  ///< of one list
inline constexpr std::size_t json_values_max = 25'000'000;   ///< in all

/// The lines of a value and of those in it, from 1. Most values stand on one line with all that is
/// in them: those have no children here.
struct JsonLines {
  std::uint32_t line = 0;
  std::vector<JsonLines> children;
  [[nodiscard]] const JsonLines& of(std::size_t child) const {
    return children.empty() ? *this : children[child];
  }
};

/// The first number of a document that is not whole, or that is too large for one.
struct JsonFraction {
  double value = 0;
  std::string text;       ///< as it stands in the file, cut where it is long; empty: there is none
  std::string complaint;  ///< that a whole number should be there
};

struct PackedElement {
  PackedJson value;
  JsonLines lines;
};

/// A list that may be too long to be held as JSON, a member of the document's object.
struct PackedList {
  std::string_view name;               ///< of the member; empty: there is none such
  std::deque<PackedElement> elements;  ///< which `value` does not have
};

struct JsonDocument {
  nlohmann::ordered_json value;
  JsonLines lines;
  JsonFraction fraction;
  PackedList packed;
};

/// What a file holds, for parse_json. Throws InputError when it cannot be read.
std::string read_json_text(const std::string& path);
/// `file` is for messages only, and so is `wanted`: what should be there where nothing is, or no
/// JSON, as in "a synod run". Where the member `packed` of what is there is a list, its elements
/// are packed as soon as they are read, for Located::for_each_element. `packed` is a literal.
JsonDocument parse_json(std::string_view text, const std::string& file,
                        std::string_view wanted = "JSON", std::string_view packed = {});
/// Throws InputError for the first that is not. To be called last, because whoever reads a field
/// knows what is wanted there.
void expect_whole_numbers(const JsonDocument& document);

}  // namespace synod
