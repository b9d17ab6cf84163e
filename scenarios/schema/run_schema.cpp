#include "scenarios/schema/run_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <concepts>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/format/configuration_json.h"
#include "scenarios/format/json_document.h"
#include "scenarios/run/runner.h"
#include "scenarios/words/safe_text.h"
#include "sim/world/configuration.h"
#include "sim/world/options.h"
#include "sim/world/step.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

ordered_json reference(std::string_view definition) {
  return {{"$ref", fmt::format("#/$defs/{}", definition)}};
}

/// What two protocols say differently of the same name, it may be as either says.
void add(ordered_json& properties, std::string_view name, ordered_json property) {
  ordered_json& known = properties[std::string(name)];
  if (known.is_null()) {
    known = std::move(property);
  } else if (known.contains("anyOf")) {
    if (std::ranges::find(known["anyOf"], property) == known["anyOf"].end()) {
      known["anyOf"].push_back(std::move(property));
    }
  } else if (known != property) {
    known = {{"anyOf", {std::exchange(known, {}), std::move(property)}}};
  }
}

// ---- Options ------------------------------------------------------------------------------------

ordered_json type_of_option(const OptionText& option) {
  switch (option.kind) {
    case OptionKind::number:
    case OptionKind::duration:
      return {{"type", "integer"}, {"minimum", option.min}, {"maximum", option.max}};
    case OptionKind::duration_range:
      return reference("range");
    case OptionKind::ratio:
      return reference("ratio");
    case OptionKind::nodes:
      break;
  }
  return {{"type", "array"}, {"items", reference("node")}, {"uniqueItems", true}};
}

/// "Default 3.", or what it depends on.
std::string text_of_default(const OptionText& option, const ordered_json& defaults) {
  if (option.follows_nodes) {
    return "The default depends on how many nodes there are.";
  }
  const ordered_json& value = defaults[std::string(option.name)];
  const bool is_none = value.is_array() && value.empty();
  return fmt::format("Default {}.", is_none             ? "none"
                                    : value.is_string() ? value.get<std::string>()
                                                        : format_json(value, -1));
}

void add_options(const ProtocolEntry& protocol, ordered_json& properties) {
  Configuration usual;
  hold_options(usual, protocol.options);
  const ordered_json defaults = to_json(usual);
  for (const OptionText& option : texts_of_options(protocol)) {
    ordered_json property = {
        {"description", fmt::format("{}. {}", option.about, text_of_default(option, defaults))}};
    property.update(type_of_option(option));
    add(properties, option.name, std::move(property));
  }
}

// ---- Faults -------------------------------------------------------------------------------------

template <class Field>
ordered_json type_of_fault_field(const FieldText& text) {
  if constexpr (std::same_as<Field, DurationRange>) {
    return reference("range");
  } else if constexpr (std::same_as<Field, Ratio>) {
    return reference("ratio");
  } else if constexpr (std::same_as<Field, CutShapes>) {
    return {{"type", "array"}, {"items", {{"enum", cut_shape_names}}}, {"uniqueItems", true}};
  } else {
    static_assert(std::same_as<Field, std::uint32_t>);
    return {{"type", "integer"}, {"minimum", text.min}, {"maximum", text.max}};
  }
}

template <class F>
void add_fields(ordered_json& properties) {
  std::size_t place = 0;
  const typename F::Fields usual;
  F::Fields::fields(usual, [&]<class Field>(std::string_view name, const Field& /*field*/) {
    const FieldText& text = F::field_texts.at(place++);
    ordered_json property = {{"description", text.about}};
    property.update(type_of_fault_field<Field>(text));
    properties[std::string(name)] = std::move(property);
  });
}

/// After those of the cluster.
void add_faults(ordered_json& properties) {
  ordered_json all = ordered_json::object();
  for (auto& [name, property] : properties.items()) {
    if (name == "operations") {
      for_each_fault([&]<class F>() { add_fields<F>(all); });
    }
    all[name] = property;
  }
  properties = std::move(all);
}

template <class Step>
ordered_json schema_of_step() {
  ordered_json properties = {{"at", reference("time")}, {"step", {{"const", Step::name}}}};
  ordered_json required = {"at", "step"};
  const Step usual;
  Step::fields(usual, [&]<class Field>(std::string_view name, const Field& /*field*/) {
    static_assert(std::same_as<Field, NodeId>, "say here what is written of such a field");
    properties[std::string(name)] = reference("node");
    required.push_back(name);
  });
  properties["observations"] = reference("observations");
  return {{"description", Step::about},
          {"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

/// Those that any_protocol.json does not have, before what tells all of them apart.
void add_steps(ordered_json& definitions) {
  ordered_json step = definitions["step"];
  definitions.erase("step");
  for_each_step_of_fault([&]<class Step>() {
    const std::string name = fmt::format("step_{}", Step::name);
    if constexpr (requires { Step::about; }) {
      definitions[name] = schema_of_step<Step>();
      step["properties"]["step"]["enum"].push_back(Step::name);
      step["allOf"].push_back({{"if", {{"properties", {{"step", {{"const", Step::name}}}}}}},
                               {"then", reference(name)}});
    }
  });
  definitions["step"] = std::move(step);
}

// ---- Faults with a time of their own ------------------------------------------------------------

/// What stands of a field that no step has.
template <class Field>
ordered_json type_of_timed_field() {
  if constexpr (std::same_as<Field, NodeId>) {
    return reference("node");
  } else if constexpr (std::same_as<Field, DurationRange>) {
    return reference("range");
  } else {
    static_assert(std::same_as<Field, Time>);
    return {{"description", "When it is over; without it, not before the ending."},
            {"type", "integer"},
            {"minimum", 0},
            {"maximum", duration_max.ticks}};
  }
}

template <class Timed>
ordered_json schema_of_timed(const NamedText& text, const ordered_json& definitions) {
  ordered_json properties = {{"at",
                              {{"description", "Ticks of virtual time; not before the one above."},
                               {"type", "integer"},
                               {"minimum", 0},
                               {"maximum", duration_max.ticks}}},
                             {"fault", {{"const", text.name}}}};
  ordered_json required = {"at", "fault"};
  const std::string step = fmt::format("step_{}", text.name);
  const Timed usual{};
  Timed::fields(usual, [&]<class Field>(std::string_view field, const Field& /*field*/) {
    const std::string name(field);
    if (definitions.contains(step)) {
      properties[name] = definitions[step]["properties"][name];
      if (name == "jump_ticks") {
        properties[name]["minimum"] = -std::int64_t{faults::Skew::jump_max};
        properties[name]["maximum"] = faults::Skew::jump_max;
      }
    } else if constexpr (!std::integral<Field> && !std::same_as<Field, EndpointSet>) {
      properties[name] = type_of_timed_field<Field>();
    }
    if (std::same_as<Field, NodeId> || std::same_as<Field, DurationRange>) {
      required.push_back(name);
    }
  });
  if constexpr (requires { usual.undone(); }) {
    properties["until"] = type_of_timed_field<Time>();
  }
  ordered_json schema = {{"description", text.about}, {"type", "object"}};
  if constexpr (std::is_base_of_v<LinkStep, Timed>) {
    for (const auto* const end : {"between", "and"}) {
      properties[end] = reference("endpoints");
    }
    properties["between"]["description"] = "In place of from and to: both ways.";
    schema["oneOf"] = {{{"required", {"from", "to"}}}, {{"required", {"between", "and"}}}};
    schema["dependentSchemas"] = {{"between", {{"properties", {{"from", false}, {"to", false}}}}}};
  }
  schema["properties"] = std::move(properties);
  schema["required"] = std::move(required);
  schema["additionalProperties"] = false;
  return schema;
}

/// With what tells them apart.
void add_timed(ordered_json& definitions) {
  ordered_json all = ordered_json::array();
  ordered_json names = ordered_json::array();
  for_each_timed([&]<class Timed>(const NamedText& text) {
    const std::string name = fmt::format("fault_{}", text.name);
    definitions[name] = schema_of_timed<Timed>(text, definitions);
    names.push_back(text.name);
    all.push_back(
        {{"if", {{"properties", {{"fault", {{"const", text.name}}}}}}}, {"then", reference(name)}});
  });
  definitions["fault"] = {
      {"type", "object"},
      {"properties", {{"at", reference("time")}, {"fault", {{"enum", std::move(names)}}}}},
      {"required", {"at", "fault"}},
      {"allOf", std::move(all)}};
}

// ---- Operations ---------------------------------------------------------------------------------

ordered_json type_of_field(const OperationField& field) {
  using Kind = OperationField::Kind;
  switch (field.kind) {
    case Kind::words:
      return {{"enum", std::vector<std::string>(field.words.begin(), field.words.end())}};
    case Kind::whole_number:
      return {{"type", "integer"}};
    case Kind::yes_or_no:
      return {{"type", "boolean"}};
    case Kind::value:
      return reference("value");
    case Kind::other:
      break;
  }
  return reference("field");
}

std::vector<OperationField> fields_of(const ProtocolEntry& protocol) {
  return protocol.operation_fields == nullptr ? std::vector<OperationField>()
                                              : protocol.operation_fields();
}

bool must_be_given(std::string_view name, std::span<const ProtocolEntry> protocols) {
  return std::ranges::all_of(protocols, [&](const ProtocolEntry& protocol) {
    const std::vector<OperationField> fields = fields_of(protocol);
    const auto field = std::ranges::find(fields, name, &OperationField::name);
    return field != fields.end() && !field->may_be_left_out;
  });
}

/// Before the observations, which come last.
void add_operations(std::span<const ProtocolEntry> protocols, ordered_json& definitions) {
  ordered_json& request = definitions["step_request"];
  ordered_json& properties = request["properties"];
  const ordered_json observations = properties["observations"];
  properties.erase("observations");
  bool has_values = false;
  for (const ProtocolEntry& protocol : protocols) {
    for (const OperationField& field : fields_of(protocol)) {
      if (!properties.contains(field.name) && must_be_given(field.name, protocols)) {
        request["required"].push_back(field.name);
      }
      add(properties, field.name, type_of_field(field));
      has_values = has_values || field.kind == OperationField::Kind::value;
    }
  }
  properties["observations"] = observations;
  if (!has_values) {
    definitions.erase("value");
  }
}

}  // namespace

ordered_json run_schema(std::span<const ProtocolEntry> protocols) {
  std::string text;
  for (const std::string_view piece : schema_of_any_protocol()) {
    text += piece;
  }
  ordered_json schema = parse_json(text, "any_protocol.json").value;
  add_faults(schema["$defs"]["configuration"]["properties"]);
  add_steps(schema["$defs"]);
  add_timed(schema["$defs"]);
  std::vector<std::string_view> names;
  for (const ProtocolEntry& protocol : protocols) {
    names.push_back(protocol.text.name);
    add_options(protocol, schema["$defs"]["configuration"]["properties"]);
  }
  if (!names.empty()) {
    schema["properties"]["protocol"] = {{"description", fmt::format("Default {}.", names.front())},
                                        {"enum", names}};
  }
  add_operations(protocols, schema["$defs"]);
  return schema;
}

}  // namespace synod
