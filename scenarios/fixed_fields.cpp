#include "scenarios/fixed_fields.h"

#include <string_view>

#include "scenarios/configuration_json.h"

namespace synod {

FixedFields::FixedFields(const nlohmann::ordered_json& fields) {
  Configuration configuration;
  apply_fields(fields, configuration);
  const auto fixes = [&](std::string_view name) { return member_of(fields, name) != nullptr; };
  Configuration::fields(configuration, [&](std::string_view name, const auto& field) {
    const bool is_quorum = name == "phase1_quorum" || name == "phase2_quorum";
    const bool is_fixed = fixes(name) || (is_quorum && fixes("node_count"));
    fields_.push_back(is_fixed ? std::optional<Field>(field) : std::nullopt);
  });
}

void FixedFields::apply(Configuration& configuration) const {
  if (fields_.empty()) {
    return;
  }
  auto fixed = fields_.begin();
  Configuration::fields(configuration, [&]<class T>(std::string_view /*name*/, T& field) {
    field = *fixed ? std::get<T>(**fixed) : field;
    ++fixed;
  });
}

}  // namespace synod
