#include "scenarios/step_json.h"

#include <vector>

namespace synod {

void write_field(EndpointSet endpoints, nlohmann::ordered_json& json) {
  std::vector<std::string> names;
  for (std::uint8_t index = 0; index < endpoint_count_max; ++index) {
    if (endpoints.contains({index})) {
      names.push_back(to_text(Endpoint{index}));
    }
  }
  set_texts(json, names);
}

bool try_read_field(const nlohmann::ordered_json& json, EndpointSet& endpoints) {
  endpoints = {};
  const auto names = texts_of(json);
  if (!names) {
    return false;
  }
  for (const std::string& name : *names) {
    Endpoint endpoint;
    if (!try_parse(name, endpoint) || endpoints.contains(endpoint)) {
      return false;
    }
    endpoints.insert(endpoint);
  }
  return endpoints.size() > 0;
}

}  // namespace synod
