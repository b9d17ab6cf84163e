#include "scenarios/words/step_text.h"

namespace synod {

std::string to_text(EndpointSet endpoints) {
  std::string text = "{";
  for (std::uint8_t index = 0; index < endpoint_count_max; ++index) {
    if (endpoints.contains({index})) {
      text += (text.size() > 1 ? ", " : "") + to_text(Endpoint{index});
    }
  }
  return text + "}";
}

}  // namespace synod
