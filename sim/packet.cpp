#include "sim/packet.h"

namespace synod {

std::string to_text(Endpoint endpoint) {
  return endpoint.is_node() ? to_text(endpoint.node()) : to_text(endpoint.client());
}

std::string to_text(EndpointSet endpoints) {
  std::string text = "{";
  for (std::uint8_t index = 0; index < endpoint_count_max; ++index) {
    if (endpoints.contains({index})) {
      text += (text.size() > 1 ? ", " : "") + to_text(Endpoint{index});
    }
  }
  return text + "}";
}

bool try_parse(std::string_view text, Endpoint& endpoint) {
  NodeId node;
  ClientId client;
  if (try_parse(text, node)) {
    endpoint = Endpoint::of(node);
    return true;
  }
  if (try_parse(text, client)) {
    endpoint = Endpoint::of(client);
    return true;
  }
  return false;
}

}  // namespace synod
