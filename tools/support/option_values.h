// What may stand behind an option. Each of these throws InputError, with the verb, the option, what
// was given and what would be right.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "sim/luck.h"

namespace synod {

struct Bounds {
  std::uint64_t min = 0;
  std::uint64_t max = std::numeric_limits<std::uint64_t>::max();
};

/// Digits only: "-1" is no large number, and "010" is ten.
std::uint64_t parse_number(std::string_view verb, std::string_view option, std::string_view text,
                           Bounds bounds);

/// "30s", "2m", "500ms", "1h"; a bare number is seconds.
double parse_seconds(std::string_view verb, std::string_view option, std::string_view text);

/// "4G", "500M", "64K"; a bare number is bytes.
std::uint64_t parse_bytes(std::string_view verb, std::string_view option, std::string_view text);

/// "1/100", "0.01", "1".
Ratio parse_ratio(std::string_view verb, std::string_view option, std::string_view text);

}  // namespace synod
