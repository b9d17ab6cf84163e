#include "tools/support/option_values.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <system_error>

#include "scenarios/format/complaint.h"
#include "scenarios/words/input_error.h"

namespace synod {
namespace {

[[noreturn]] void fail(std::string_view verb, std::string_view option, std::string_view text,
                       std::string_view wanted) {
  throw InputError(fmt::format("{}: {} {}: give {}", verb, option, in_quotes(text), wanted));
}

}  // namespace

std::uint64_t parse_number(std::string_view verb, std::string_view option, std::string_view text,
                           Bounds bounds) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end || number < bounds.min || number > bounds.max) {
    fail(verb, option, text, fmt::format("a whole number from {} to {}", bounds.min, bounds.max));
  }
  return number;
}

double parse_seconds(std::string_view verb, std::string_view option, std::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
  const double factor = unit == "ms"                  ? 0.001
                        : unit == "s" || unit.empty() ? 1
                        : unit == "m"                 ? 60
                        : unit == "h"                 ? 3600
                                                      : 0;
  const double seconds = number * factor;
  if (error != std::errc{} || !std::isfinite(seconds) || !(seconds > 0)) {
    fail(verb, option, text, "a duration above zero, as in 30s, 2m or 500ms");
  }
  return seconds;
}

std::uint64_t parse_bytes(std::string_view verb, std::string_view option, std::string_view text) {
  constexpr std::string_view units = "KMGT";
  const std::size_t unit = text.empty() ? std::string_view::npos : units.find(text.back());
  const bool has_unit = unit != std::string_view::npos;
  const char* const end = text.data() + text.size() - (has_unit ? 1 : 0);
  const std::uint64_t factor = has_unit ? 1ULL << (10 * (unit + 1)) : 1;
  std::uint64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end || number == 0 ||
      number > std::numeric_limits<std::uint64_t>::max() / factor) {
    fail(verb, option, text, "a number of bytes above zero, as in 4G or 500M");
  }
  return number * factor;
}

Ratio parse_ratio(std::string_view verb, std::string_view option, std::string_view text) {
  Ratio ratio;
  const char* const end = text.data() + text.size();
  const auto whole = std::from_chars(text.data(), end, ratio.numerator);
  bool is_read = whole.ec == std::errc{} && whole.ptr == end;
  if (whole.ec == std::errc{} && whole.ptr != end && *whole.ptr == '/') {
    const auto part = std::from_chars(whole.ptr + 1, end, ratio.denominator);
    is_read = part.ec == std::errc{} && part.ptr == end;
  } else if (whole.ec == std::errc{} && whole.ptr != end && *whole.ptr == '.') {
    std::uint32_t fraction = 0;
    const auto part = std::from_chars(whole.ptr + 1, end, fraction);
    const auto digits = end - whole.ptr - 1;
    is_read = part.ec == std::errc{} && part.ptr == end && digits <= 6 && ratio.numerator <= 1;
    for (auto i = digits; i > 0 && is_read; --i) {
      ratio.denominator *= 10;
    }
    ratio.numerator = ratio.numerator * ratio.denominator + fraction;
  }
  if (!is_read || ratio.denominator == 0 || ratio.numerator > ratio.denominator) {
    fail(verb, option, text, "a ratio from 0 to 1, as in 0.01 or 1/100");
  }
  return ratio;
}

}  // namespace synod
