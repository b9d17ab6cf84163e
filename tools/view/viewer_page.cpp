#include "tools/view/viewer_page.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "scenarios/words/safe_text.h"

namespace synod {
namespace {

/// Where the run goes: a JSON string, so that the page without one is a valid page, too.
constexpr std::string_view placeholder = "\"the run goes here\"";

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
  return page.replace(place, placeholder.size(), format_json_in_html(data));
}

}  // namespace synod
