#include "scenarios/format/fixed_fields.h"

#include <string_view>

#include "scenarios/format/configuration_json.h"

namespace synod {

FixedFields::FixedFields(const nlohmann::ordered_json& fields, const DeclaredOptions* options)
    : options_(options) {
  Configuration configuration;
  hold_options(configuration, options);
  apply_fields(fields, configuration);
  const auto fixes = [&](std::string_view name) { return member_of(fields, name) != nullptr; };
  Configuration::fields(configuration, [&](std::string_view name, const auto& field) {
    const OptionText* const option = options == nullptr ? nullptr : options->find(name);
    const bool follows_nodes = option != nullptr && option->follows_nodes;
    const bool is_fixed = fixes(name) || (follows_nodes && fixes("node_count"));
    fields_.push_back(is_fixed ? std::optional<Field>(field) : std::nullopt);
  });
}

void FixedFields::apply(Configuration& configuration) const {
  if (fields_.empty()) {
    return;
  }
  hold_options(configuration, options_);
  auto fixed = fields_.begin();
  Configuration::fields(configuration, [&]<class T>(std::string_view /*name*/, T& field) {
    field = *fixed ? std::get<T>(**fixed) : field;
    ++fixed;
  });
}

}  // namespace synod
