// How complaints about input are worded: "FILE:LINE: FIELD: what is wrong: what would be right".
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace synod {

/// An empty file or path leaves out its part, and so does line 0.
std::string complaint_line(std::string_view file, std::size_t line, std::string_view path,
                           std::string_view complaint);

/// In quotes, on one line, and not too long, whatever it holds.
std::string in_quotes(std::string_view text);
/// A value as a complaint shows it.
std::string described(const nlohmann::ordered_json& value);

/// "steps[3]" and "from" make "steps[3].from".
void append_name(std::string& path, std::string_view name);
/// "steps" and 3 make "steps[3]".
void append_index(std::string& path, std::size_t index);

}  // namespace synod
