#include "scenarios/format/configuration_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/text.h"
#include "scenarios/format/complaint.h"
#include "scenarios/format/located_json.h"
#include "scenarios/format/step_json.h"
#include "scenarios/registry/registry.h"
#include "scenarios/words/nearest.h"
#include "sim/world/field_bounds.h"

namespace synod {

using nlohmann::ordered_json;

namespace {

std::vector<std::string_view> names_of_fields(const Configuration& configuration) {
  std::vector<std::string_view> names;
  Configuration::fields(configuration,
                        [&](std::string_view name, const auto&) { names.push_back(name); });
  return names;
}

/// Splits "1..10" or "1/30" in two numbers.
template <class Number>
bool try_split(const ordered_json& json, std::string_view separator, Number& first,
               Number& second) {
  if (!json.is_string()) {
    return false;
  }
  const std::string_view text = json.get_ref<const std::string&>();
  const std::size_t at = text.find(separator);
  return at != std::string_view::npos && try_parse(text.substr(0, at), first) &&
         try_parse(text.substr(at + separator.size()), second);
}

/// "from 1 to 9", of the number that is meant.
std::string range_text(std::optional<FieldBounds> bounds) {
  return bounds ? fmt::format(" from {} to {}", bounds->min, bounds->max) : std::string();
}
std::string wanted_text(const std::uint32_t& /*number*/, std::optional<FieldBounds> bounds) {
  return fmt::format("a whole number{}", range_text(bounds));
}
std::string wanted_text(const Duration& /*duration*/, std::optional<FieldBounds> bounds) {
  return fmt::format("a whole number of ticks{}", range_text(bounds));
}

void read(const Located& json, std::optional<FieldBounds> bounds, std::uint32_t& number) {
  if (!try_read_field(json.value(), number)) {
    json.fail_unless_wanted(wanted_text(number, bounds));
  }
}
void read(const Located& json, std::optional<FieldBounds> bounds, Duration& duration) {
  if (!try_read_field(json.value(), duration.ticks)) {
    json.fail_unless_wanted(wanted_text(duration, bounds));
  }
}
void read(const Located& json, std::optional<FieldBounds> /*bounds*/, DurationRange& range) {
  if (!try_split(json.value(), "..", range.min.ticks, range.max.ticks)) {
    json.fail_unless_wanted("a range of ticks like \"1..10\"");
  }
}
void read(const Located& json, std::optional<FieldBounds> /*bounds*/, Ratio& ratio) {
  if (!try_split(json.value(), "/", ratio.numerator, ratio.denominator)) {
    json.fail_unless_wanted("a ratio like \"1/30\"");
  }
}

/// Where it is no text, what is wanted is `wanted`, or one of the names where that is empty.
std::size_t index_of(const Located& json, std::span<const std::string_view> names,
                     std::string_view wanted = {}) {
  const std::string& text = json.text(wanted.empty() ? listed_names(names, "or") : wanted);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == text) {
      return i;
    }
  }
  json.fail(fmt::format("{}: {}", in_quotes(text), right_value(text, names)));
}

void read(const Located& json, std::optional<FieldBounds> /*bounds*/, Ending& ending) {
  ending = static_cast<Ending>(index_of(json, ending_names));
}
void read(const Located& json, std::optional<FieldBounds> /*bounds*/, NodeSet& nodes) {
  constexpr std::string_view wanted = "a list of nodes like [\"n2\"]";
  json.expect_list(wanted);
  nodes = {};
  for (std::size_t i = 0; i < json.value().size(); ++i) {
    const Located element = json[i];
    NodeId node;
    if (!try_parse(element.text(wanted), node)) {
      element.fail_unless_wanted("a node from \"n1\" to \"n9\"");
    }
    if (nodes.contains(node)) {
      element.fail(fmt::format("{} twice: give it once", described(element.value())));
    }
    nodes.insert(node);
  }
}
void read(const Located& json, std::optional<FieldBounds> /*bounds*/, CutShapes& shapes) {
  constexpr std::string_view wanted = "a list of shapes like [\"two_way\", \"ring\"]";
  json.expect_list(wanted);
  shapes = {};
  for (std::size_t i = 0; i < json.value().size(); ++i) {
    const Located element = json[i];
    const auto shape = static_cast<CutShape>(index_of(element, cut_shape_names, wanted));
    if (shapes.contains(shape)) {
      element.fail(fmt::format("{} twice: give it once", described(element.value())));
    }
    shapes.bits = static_cast<std::uint8_t>(shapes.bits | (1U << static_cast<unsigned>(shape)));
  }
}

ordered_json write(std::uint32_t number) { return number; }
ordered_json write(Duration duration) { return duration.ticks; }
ordered_json write(DurationRange range) {
  return fmt::format("{}..{}", range.min.ticks, range.max.ticks);
}
ordered_json write(Ratio ratio) { return fmt::format("{}/{}", ratio.numerator, ratio.denominator); }
ordered_json write(Ending ending) { return ending_names[static_cast<std::size_t>(ending)]; }
ordered_json write(NodeSet nodes) {
  auto list = ordered_json::array();
  for (const NodeId node : nodes) {
    list.push_back(to_text(node));
  }
  return list;
}
ordered_json write(CutShapes shapes) {
  auto list = ordered_json::array();
  for (std::size_t i = 0; i < cut_shape_names.size(); ++i) {
    if (shapes.contains(static_cast<CutShape>(i))) {
      list.push_back(cut_shape_names[i]);
    }
  }
  return list;
}

bool is_option_of_any(std::string_view name) {
  return std::ranges::any_of(protocols(), [&](const ProtocolEntry& protocol) {
    return std::ranges::find(texts_of_options(protocol), name, &OptionText::name) !=
           texts_of_options(protocol).end();
  });
}

/// "phase1_quorum, phase2_quorum and reads"
std::string names_of(std::span<const OptionText> options) {
  std::string names;
  for (std::size_t i = 0; i < options.size(); ++i) {
    names += fmt::format("{}{}",
                         i == 0                   ? ""
                         : i + 1 < options.size() ? ", "
                                                  : " and ",
                         options[i].name);
  }
  return names;
}

void expect_fields_of(const Configuration& configuration, const Located& fields,
                      ForeignFields foreign, std::string_view protocol) {
  std::vector<std::string_view> names = names_of_fields(configuration);
  for (const auto& [name, field] : fields.value().items()) {
    if (std::ranges::find(names, name) != names.end()) {
      continue;
    }
    const bool is_foreign = is_option_of_any(name);
    if (foreign == ForeignFields::unknowable || (is_foreign && foreign == ForeignFields::ignored)) {
      names.push_back(name);
    } else if (is_foreign) {
      const auto own = configuration.options.texts();
      fields.find(name)->fail(
          fmt::format("{} has no option {}: {}", protocol, in_quotes(name),
                      own.empty() ? std::string("leave it out") : "it has " + names_of(own)));
    }
  }
  fields.expect_members(names);
}

}  // namespace

DurationRange read_range(const Located& json) {
  DurationRange range;
  read(json, std::nullopt, range);
  return range;
}

void set_node_count(Configuration& configuration, std::uint32_t node_count) {
  configuration.node_count = node_count;
  reset_options_that_follow_nodes(configuration);
}

void read_options(const Located& object, Configuration& configuration) {
  Options::for_each(configuration.options, [&](const OptionText& text, auto& field) {
    if (const auto member = object.find(text.name)) {
      read(*member, bounds_of(configuration, text.name), field);
    }
  });
}

Configuration defaults_for(const Configuration& configuration) {
  Configuration defaults;
  defaults.node_count = configuration.node_count;
  hold_options(defaults, configuration.options.declared());
  return defaults;
}

void read_configuration(const Located& fields, Configuration& configuration, ForeignFields foreign,
                        std::string_view protocol) {
  fields.expect_object("an object with the fields of a configuration");
  expect_fields_of(configuration, fields, foreign, protocol);
  Configuration changed = configuration;
  Configuration::fields(changed, [&](std::string_view name, auto& field) {
    if (const auto member = fields.find(name)) {
      read(*member, bounds_of(configuration, name), field);
    }
  });
  if (fields.find("node_count")) {
    const Configuration given = changed;
    reset_options_that_follow_nodes(changed);
    Options::for_each(changed.options, [&]<class T>(const OptionText& text, T& field) {
      field = fields.find(text.name) ? *given.options.find<T>(text.name) : field;
    });
  }
  configuration = changed;
}

namespace {

std::uint64_t number_of(std::uint32_t number) { return number; }
std::uint64_t number_of(Duration duration) { return duration.ticks; }

/// Of each number by itself.
void expect_within_bounds(const Located& fields, const Configuration& configuration) {
  Configuration::fields(configuration, [&]<class T>(std::string_view name, const T& field) {
    if constexpr (requires { number_of(field); }) {
      const auto bounds = bounds_of(configuration, name);
      const auto member = fields.find(name);
      const bool is_within =
          !bounds || (number_of(field) >= bounds->min && number_of(field) <= bounds->max);
      if (member && !is_within) {
        member->fail_unless_wanted(wanted_text(field, bounds));
      }
    }
  });
}

}  // namespace

void expect_valid(const Located& fields, const Configuration& configuration) {
  expect_within_bounds(fields, configuration);
  const std::string complaint = validate(configuration);
  if (complaint.empty()) {
    return;
  }
  // It begins with the field, or with several.
  const std::size_t end = complaint.find_first_of(" ,:");
  const auto field = fields.find(std::string_view(complaint).substr(0, end));
  if (field && field->value().is_array() && field->value().empty()) {
    field->fail("an empty list: give at least one, or leave it out");
  }
  constexpr std::string_view verb = " is ";
  if (field && std::string_view(complaint).substr(end).starts_with(verb)) {
    field->fail(complaint.substr(end + verb.size()));
  }
  fields.fail(complaint, field ? field->line() : fields.line());
}

void apply_fields(const ordered_json& fields, Configuration& configuration) {
  read_configuration(Located(fields), configuration);
}

ordered_json to_json(const Configuration& configuration) {
  auto fields = ordered_json::object();
  Configuration::fields(configuration, [&](std::string_view name, const auto& field) {
    fields[std::string(name)] = write(field);
  });
  return fields;
}

JsonFields all_fields(const Configuration& configuration) {
  return JsonFields(to_json(configuration));
}

JsonFields fields_to_give(const Configuration& configuration) {
  const ordered_json unless_given = to_json(defaults_for(configuration));
  const ordered_json all = to_json(configuration);
  auto fields = ordered_json::object();
  for (const auto& [name, field] : all.items()) {
    const bool is_size = name == "node_count" || name == "client_count";  // always good to know
    if (is_size || field != unless_given[name]) {
      fields[name] = field;
    }
  }
  return JsonFields(std::move(fields));
}

}  // namespace synod
