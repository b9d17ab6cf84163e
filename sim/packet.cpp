#include "sim/packet.h"

namespace synod {

std::string to_text(Endpoint endpoint) {
  return endpoint.is_node() ? to_text(endpoint.node()) : to_text(endpoint.client());
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
