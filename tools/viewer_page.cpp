#include "tools/viewer_page.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace synod {
namespace {

/// Where the run goes: a JSON string, so that the page without one is a valid page, too.
constexpr std::string_view placeholder = "\"the run goes here\"";

/// JSON in ASCII, without the signs that mean something to HTML. In JSON they only occur inside of
/// strings, where an escape means the same.
std::string harmless_json(const nlohmann::ordered_json& data) {
  using nlohmann::ordered_json;
  const std::string json = data.dump(-1, ' ', true, ordered_json::error_handler_t::replace);
  std::string harmless;
  harmless.reserve(json.size());
  for (const char c : json) {
    switch (c) {
      case '<':
        harmless += "\\u003c";
        break;
      case '>':
        harmless += "\\u003e";
        break;
      case '&':
        harmless += "\\u0026";
        break;
      default:
        harmless += c;
    }
  }
  return harmless;
}

}  // namespace

std::string viewer_page(const nlohmann::ordered_json& data) {
  std::string page;
  for (const std::string_view piece : viewer_html()) {
    page += piece;
  }
  const std::size_t place = page.find(placeholder);
  if (place == std::string::npos) {
    throw std::logic_error("the viewer has no place for a run");
  }
  return page.replace(place, placeholder.size(), harmless_json(data));
}

}  // namespace synod
