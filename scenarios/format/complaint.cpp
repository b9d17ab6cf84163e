#include "scenarios/format/complaint.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "scenarios/words/safe_text.h"

namespace synod {

using nlohmann::ordered_json;

std::string in_quotes(std::string_view text) {
  constexpr std::size_t shown_max = 60;
  std::string shown(text.substr(0, shown_max));
  if (shown.size() < text.size()) {
    // Not half a character.
    while (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0xc0U) == 0x80U) {
      shown.pop_back();
    }
    if (!shown.empty() && static_cast<unsigned char>(shown.back()) >= 0xc0U) {
      shown.pop_back();
    }
    shown += "…";
  }
  return format_json(shown, -1);
}

std::string described(const ordered_json& value) {
  if (value.is_string()) {
    return in_quotes(value.get_ref<const std::string&>());
  }
  if (value.is_structured()) {
    return value.is_object() ? "an object" : "a list";
  }
  return format_json(value, -1);
}

std::string complaint_line(std::string_view file, std::size_t line, std::string_view path,
                           std::string_view complaint) {
  std::string text;
  if (!file.empty()) {
    text += line > 0 ? fmt::format("{}:{}: ", file, line) : fmt::format("{}: ", file);
  }
  if (!path.empty()) {
    text += fmt::format("{}: ", path);
  }
  return text.append(complaint);
}

void append_name(std::string& path, std::string_view name) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyz0123456789_";
  constexpr std::size_t plain_size_max = 40;
  if (!path.empty()) {
    path += '.';
  }
  const bool is_plain =
      name.size() <= plain_size_max && name.find_first_not_of(plain) == std::string_view::npos;
  path += is_plain && !name.empty() ? std::string(name) : in_quotes(name);
}
void append_index(std::string& path, std::size_t index) { path += fmt::format("[{}]", index); }

}  // namespace synod
