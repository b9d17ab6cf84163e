#include "scenarios/shrink/simpler.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenarios/format/configuration_json.h"

namespace synod {
Configuration with_cluster(const Configuration& configuration, const Configuration& cluster) {
  Configuration result = configuration;
  result.node_count = cluster.node_count;
  result.client_count = cluster.client_count;
  hold_options(result, cluster.options.declared());
  Options::for_each(result.options, [&]<class T>(const OptionText& text, T& field) {
    field = text.part == OptionPart::cluster ? *cluster.options.find<T>(text.name) : field;
  });
  result.crashed_max = std::min(result.crashed_max, result.node_count);
  return result;
}

Configuration plain(const Configuration& configuration) { return with_cluster({}, configuration); }

std::vector<std::string> fields_not_plain(const Configuration& configuration) {
  const auto wanted = to_json(plain(configuration));
  const auto fields = to_json(configuration);
  std::vector<std::string> names;
  for (const auto& [name, field] : fields.items()) {
    if (field != wanted[name]) {
      names.push_back(name);
    }
  }
  return names;
}

Configuration with_plain_field(const Configuration& configuration, const std::string& field) {
  auto fields = to_json(configuration);
  fields[field] = to_json(plain(configuration))[field];
  Configuration result = plain(configuration);
  apply_fields(fields, result);
  return result;
}

}  // namespace synod
