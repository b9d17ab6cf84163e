// Small pieces of English.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace synod {

/// "n1", "n1 and n2", "n1, n2 and n3"
inline std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += i == 0 ? "" : i + 1 < names.size() ? ", " : " and ";
    text += names[i];
  }
  return text;
}

/// "n1 and n3" for "{n1, n3}", as `to_text` writes a set of nodes; any other text as it is.
inline std::string spoken(std::string_view text) {
  if (!text.starts_with('{') || !text.ends_with('}')) {
    return std::string(text);
  }
  std::vector<std::string> names;
  for (std::string_view rest = text.substr(1, text.size() - 2); !rest.empty();) {
    const std::size_t end = std::min(rest.find(", "), rest.size());
    names.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  return names.empty() ? "nobody" : listed(names);
}

/// The same for each set in a text.
inline std::string with_spoken_sets(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find('{'), text.size());
    const std::size_t end = std::min(text.find('}', begin), text.size() - 1);
    result += text.substr(0, begin);
    result += spoken(text.substr(begin, end + 1 - begin));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

/// With a small first letter.
inline std::string uncapitalized(std::string text) {
  if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z') {
    text.front() = static_cast<char>(text.front() - 'A' + 'a');
  }
  return text;
}

/// With a large first letter.
inline std::string capitalized(std::string_view text) {
  std::string result(text);
  if (!result.empty() && result.front() >= 'a' && result.front() <= 'z') {
    result.front() = static_cast<char>(result.front() - 'a' + 'A');
  }
  return result;
}

/// "n1" and "n2" joined by a separator: "a; b".
inline std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    text += text.empty() ? "" : separator;
    text += part;
  }
  return text;
}

inline bool contains(const std::vector<std::string>& names, std::string_view name) {
  for (const std::string& one : names) {
    if (one == name) {
      return true;
    }
  }
  return false;
}

/// Adds a name that is not there yet.
inline void add_once(std::vector<std::string>& names, const std::string& name) {
  if (!contains(names, name)) {
    names.push_back(name);
  }
}

}  // namespace synod
