// Small pieces of English.
#pragma once

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
