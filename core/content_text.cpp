#include "core/content_text.h"

namespace synod::detail {

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char one : text) {
    const auto byte = static_cast<unsigned char>(one);
    if (one == '"' || one == '\\') {
      result += '\\';
      result += one;
    } else if (byte < 0x20 || byte > 0x7e) {
      result += fmt::format("\\x{:02x}", byte);
    } else {
      result += one;
    }
  }
  return result + '"';
}

}  // namespace synod::detail
