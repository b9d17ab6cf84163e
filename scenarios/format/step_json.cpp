#include "scenarios/format/step_json.h"

#include <algorithm>
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

void write_field(NodeSet nodes, nlohmann::ordered_json& json) {
  std::vector<std::string> names;
  for (const NodeId node : nodes) {
    names.push_back(to_text(node));
  }
  set_texts(json, names);
}

bool try_read_field(const nlohmann::ordered_json& json, NodeSet& nodes) {
  nodes = {};
  const auto names = texts_of(json);
  const auto try_insert = [&](const std::string& name) {
    NodeId node;
    const bool is_new = try_parse(name, node) && !nodes.contains(node);
    if (is_new) {
      nodes.insert(node);
    }
    return is_new;
  };
  return names && std::all_of(names->begin(), names->end(), try_insert);
}

namespace detail {

void write_characters(std::string_view characters, nlohmann::ordered_json& json) {
  const bool is_plain = std::all_of(characters.begin(), characters.end(),
                                    [](char one) { return one >= ' ' && one <= '~'; });
  if (is_plain) {
    set_text(json, characters);
    return;
  }
  set_list(json);
  for (const char one : characters) {
    set_number(add_element(json), std::uint64_t{static_cast<unsigned char>(one)});
  }
}

bool try_read_characters(const nlohmann::ordered_json& json, std::string& characters) {
  if (const std::string* text = text_of(json)) {
    characters = *text;
    return true;
  }
  std::vector<std::uint8_t> bytes;
  const bool is_good = try_read_field(json, bytes);
  characters.assign(bytes.begin(), bytes.end());
  return is_good;
}

}  // namespace detail

}  // namespace synod
