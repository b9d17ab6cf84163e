#include "scenarios/schema/schema_tables.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "scenarios/words/safe_text.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

/// What "$ref" leads to; itself where it leads nowhere.
const ordered_json& meant_by(const ordered_json& property, const ordered_json& definitions) {
  if (!property.contains("$ref")) {
    return property;
  }
  constexpr std::string_view place = "#/$defs/";
  return definitions[property["$ref"].get_ref<const std::string&>().substr(place.size())];
}

std::string list_of(const ordered_json& values) {
  std::string text;
  for (const ordered_json& value : values) {
    text += (text.empty() ? "" : ", ") + format_json(value, -1);
  }
  return text;
}

std::string how_written(const ordered_json& property, const ordered_json& definitions) {
  const ordered_json& meant = meant_by(property, definitions);
  if (meant.contains("anyOf")) {
    std::string text;
    for (const ordered_json& one : meant["anyOf"]) {
      text += (text.empty() ? "" : ", or ") + how_written(one, definitions);
    }
    return text;
  }
  if (meant.contains("const")) {
    return format_json(meant["const"], -1);
  }
  if (meant.contains("enum")) {
    return list_of(meant["enum"]);
  }
  if (meant.contains("examples")) {
    return "like " + list_of(meant["examples"]);
  }
  const std::string type =
      meant.contains("type") && meant["type"].is_string() ? meant["type"] : ordered_json("");
  if (type == "integer" && meant.contains("minimum")) {
    return meant.contains("maximum") ? fmt::format("{} to {}", format_json(meant["minimum"], -1),
                                                   format_json(meant["maximum"], -1))
                                     : fmt::format("{} or more", format_json(meant["minimum"], -1));
  }
  if (type == "integer") {
    return "a whole number";
  }
  if (type == "boolean") {
    return "true, false";
  }
  if (type == "string") {
    return "a text";
  }
  if (type == "object") {
    return "an object";
  }
  if (type == "array") {
    const ordered_json& items = meant_by(meant["items"], definitions);
    return items.contains("properties")
               ? "a list of objects"
               : fmt::format("a list of: {}", how_written(items, definitions));
  }
  return "a text, a number, a list …";
}

SchemaTable table_of(std::string title, const ordered_json& object,
                     const ordered_json& definitions) {
  SchemaTable table{
      .title = std::move(title), .about = object.value("description", ""), .fields = {}};
  for (const auto& [name, property] : object["properties"].items()) {
    // What stands beside a reference says more than what it leads to.
    std::string about = property.value("description", "");
    if (about.empty()) {
      about = meant_by(property, definitions).value("description", "");
    }
    table.fields.push_back({name, how_written(property, definitions), std::move(about)});
  }
  return table;
}

}  // namespace

std::vector<SchemaTable> tables_of(const ordered_json& schema) {
  const ordered_json& definitions = schema["$defs"];
  std::vector<SchemaTable> tables;
  tables.push_back(table_of("the file", schema, definitions));
  tables.push_back(table_of("configuration", definitions["configuration"], definitions));
  tables.push_back(table_of("expect", definitions["expectation"], definitions));
  constexpr std::pair<std::string_view, std::string_view> lists[] = {{"fault_", "faults"},
                                                                     {"step_", "steps"}};
  for (const auto& [prefix, list] : lists) {
    for (const auto& [name, definition] : definitions.items()) {
      if (name.starts_with(prefix)) {
        tables.push_back(table_of(fmt::format("{}: {}", list, name.substr(prefix.size())),
                                  definition, definitions));
      }
    }
  }
  return tables;
}

}  // namespace synod
