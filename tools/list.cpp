#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "properties/any/agreement.h"
#include "properties/any/linearizable.h"
#include "properties/any/one_order.h"
#include "properties/determinism.h"
#include "scenarios/library/library.h"
#include "scenarios/mutants/mutant.h"
#include "scenarios/run/runner.h"
#include "scenarios/schema/run_schema.h"
#include "scenarios/schema/schema_tables.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/nearest.h"
#include "scenarios/words/safe_text.h"
#include "sim/world/configuration.h"
#include "tools/completion/registered_words.h"
#include "tools/support/files.h"
#include "tools/support/program_name.h"
#include "tools/support/say.h"
#include "tools/support/table.h"
#include "tools/support/verbs.h"

namespace synod {
namespace {

void print_table(const std::vector<NamedText>& rows) {
  std::size_t width = 0;
  for (const NamedText& row : rows) {
    width = std::max(width, row.name.size());
  }
  for (const NamedText& row : rows) {
    say("{:<{}}  {}\n", row.name, width, row.about);
  }
}

std::string expected_text(const Trace& scenario) {
  if (!scenario.expect) {
    return "";
  }
  const Expectation& expect = *scenario.expect;
  return expect.property.empty() ? std::string(to_text(expect.verdict))
                                 : fmt::format("{}: {}", to_text(expect.verdict), expect.property);
}

/// A table of contents: the scenarios of each protocol, by name. A fixed one has steps of its own,
/// a random one is run with seeds.
void list_scenarios() {
  std::vector<Trace> scenarios;
  scenarios.reserve(library_scenarios().size());
  for (const LibraryScenario& scenario : library_scenarios()) {
    scenarios.push_back(parse_trace(scenario.text, std::string(scenario.name) + ".json"));
  }
  bool is_first = true;
  for (const ProtocolEntry& protocol : protocols()) {
    Table table{.columns = {{"name"}, {"form"}, {"expected"}, {"about"}}, .rows = {}};
    table.rows.reserve(scenarios.size());
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
      const Trace& scenario = scenarios[i];
      if (scenario.protocol == protocol.text.name) {
        table.rows.push_back({std::string(library_scenarios()[i].name),
                              scenario.has_steps ? "fixed" : "random", expected_text(scenario),
                              scenario.about});
      }
    }
    if (!table.rows.empty()) {
      say("{}scenarios of {}\n{}", is_first ? "" : "\n", protocol.text.name, aligned_text(table));
      is_first = false;
    }
  }
}

void list_mutants() {
  for (const ProtocolEntry& protocol : protocols()) {
    for (const MutantText& text : protocol.mutants()) {
      say("{}\n    {}\n    {}; breaks {}; needs {}; shows with {}\n    source: {}\n", text.slug,
          text.about, to_text(text.kind), text.property, text.faults, text.cluster, text.source);
    }
  }
}

/// What comes of them, nobody has said.
void list_generated_mutants() {
  std::vector<NamedText> rows;
  for (const ProtocolEntry& protocol : protocols()) {
    for (const MutantText& text : protocol.generated_mutants()) {
      rows.push_back({text.slug, text.about});
    }
  }
  print_table(rows);
}

bool have_same_properties(const ProtocolEntry& a, const ProtocolEntry& b) {
  return std::equal(a.properties.begin(), a.properties.end(), b.properties.begin(),
                    b.properties.end(), [](const PropertyText& one, const PropertyText& other) {
                      return one.name == other.name && one.about == other.about;
                    });
}

/// Protocols with the same properties, which follow each other, together.
void list_properties() {
  for (std::size_t first = 0, end = 0; first < protocols().size(); first = end) {
    const ProtocolEntry& protocol = protocols()[first];
    std::string names;
    for (end = first; end < protocols().size() && have_same_properties(protocol, protocols()[end]);
         ++end) {
      names += fmt::format("{}{}", names.empty() ? "" : ", ", protocols()[end].text.name);
    }
    say("{}properties of {}\n", first == 0 ? "" : "\n", names);
    for (const PropertyText& property : protocol.properties) {
      say("{}\n    {}\n    source: {}\n", property.name, property.about, property.source);
    }
    say("\nprobes of {} (rare situations that a campaign counts)\n", names);
    print_table({protocol.probes.begin(), protocol.probes.end()});
  }
}

/// "properties/paxos/validity.h"; of a guest's, the name alone.
std::string file_of(const PropertyText& property) {
  const std::string_view path = property.file;
  const std::size_t ours = path.rfind("properties/");
  return std::string(path.substr(ours == std::string_view::npos ? path.rfind('/') + 1 : ours));
}

/// Each once, with the protocols that are judged by it.
std::string properties_page(const std::string& file) {
  std::vector<std::pair<PropertyText, std::string>> properties;
  const auto add = [&](const PropertyText& property, std::string_view owner) {
    const auto same = std::ranges::find_if(properties, [&](const auto& one) {
      return one.first.name == property.name && one.first.about == property.about;
    });
    if (same == properties.end()) {
      properties.emplace_back(property, owner);
    } else {
      same->second += fmt::format(", {}", owner);
    }
  };
  for (const ProtocolEntry& protocol : protocols()) {
    for (const PropertyText& property : protocol.properties) {
      add(property, protocol.text.name);
    }
  }
  for (const PropertyText& property :
       {any_agreement_text, any_one_order_text, any_linearizable_text, determinism_text}) {
    add(property, "whichever protocol asks for it");
  }
  Table table;
  table.columns = {{"property"}, {"what it says"}, {"of"}, {"source"}, {"specification"}, {"file"}};
  for (const auto& [property, owners] : properties) {
    const std::string where = file_of(property);
    table.rows.push_back({fmt::format("`{}`", property.name), markdown_escaped(property.about),
                          markdown_escaped(owners), markdown_escaped(property.source),
                          markdown_escaped(property.specification),
                          fmt::format("[{}](../{})", markdown_escaped(where), where)});
  }
  return fmt::format(
      "# What is asked of every run\n\nWritten by {}. One that is new is a file, and "
      "a name in its protocol's witness.\n\n{}",
      code_for_markdown(
          fmt::format("{} list properties --markdown {}", program_name(), shell_word(file))),
      markdown_text(table));
}

void list_fields() {
  bool is_first = true;
  for (const SchemaTable& fields : tables_of(run_schema(protocols()))) {
    Table table{.columns = {{"field"}, {"written"}, {"what it says"}}, .rows = {}};
    for (const SchemaField& field : fields.fields) {
      table.rows.push_back({field.name, field.written, field.about});
    }
    say("{}{}\n{}", is_first ? "" : "\n", fields.title, aligned_text(table));
    is_first = false;
  }
}

std::string fields_page(const std::string& file) {
  std::string page = fmt::format(
      "# Every field of a scenario or a trace\n\nWritten by {} from the schema "
      "([run.schema.json](schema/run.schema.json)). How to write a scenario: "
      "[README.md](README.md).\n",
      code_for_markdown(
          fmt::format("{} list fields --markdown {}", program_name(), shell_word(file))));
  for (const SchemaTable& fields : tables_of(run_schema(protocols()))) {
    Table table{.columns = {{"field"}, {"written"}, {"what it says"}}, .rows = {}};
    for (const SchemaField& field : fields.fields) {
      table.rows.push_back({code_for_markdown(field.name), code_for_markdown(field.written),
                            markdown_escaped(field.about)});
    }
    page += fmt::format("\n## {}\n\n{}{}", fields.title,
                        fields.about.empty() ? "" : markdown_escaped(fields.about) + "\n\n",
                        markdown_text(table));
  }
  return page;
}

/// With what each promises where "ending" is "partitioned".
void list_protocols() {
  std::vector<std::string> abouts;
  abouts.reserve(protocols().size());  // the rows look at its texts
  std::vector<NamedText> rows;
  for (const ProtocolEntry& protocol : protocols()) {
    const std::string_view who = protocol.decides_amid_cuts;
    abouts.push_back(fmt::format(
        "{}; while links stay cut, {}", protocol.text.about,
        who.empty() ? "it promises nothing" : fmt::format("who {} decides in time", who)));
    rows.push_back({protocol.text.name, abouts.back()});
  }
  print_table(rows);
}

/// Of protocols, each once, with those that have it.
void list_options() {
  std::vector<std::pair<NamedText, std::string>> options;
  for (const ProtocolEntry& protocol : protocols()) {
    for (const OptionText& option : texts_of_options(protocol)) {
      const auto same = std::ranges::find_if(
          options, [&](const auto& one) { return one.first.name == option.name; });
      if (same == options.end()) {
        options.push_back({{option.name, option.about}, std::string(protocol.text.name)});
      } else {
        same->second += fmt::format(", {}", protocol.text.name);
      }
    }
  }
  for (const auto& [text, owners] : options) {
    say("{}\n    {}\n    of {}\n", text.name, text.about, owners);
  }
}

void list_faults() {
  std::vector<NamedText> rows;
  rows.reserve(fault_count);
  for (std::size_t i = 0; i < fault_count; ++i) {
    rows.push_back(text_of(static_cast<Fault>(i)));
  }
  print_table(rows);
}

constexpr std::array<std::string_view, 8> list_names = {
    "scenarios", "protocols", "options", "mutants", "properties", "faults", "fields", "schema"};

struct ListOptions {
  std::string what;
  std::string markdown;       ///< file; empty: none
  bool is_generated = false;  ///< of mutants
};

int list(const ListOptions& options) {
  const std::string& what = options.what;
  const std::string& markdown = options.markdown;
  if (!markdown.empty() && what != "properties" && what != "fields") {
    throw InputError("list: --markdown goes with properties and fields alone");
  }
  if (options.is_generated && what != "mutants") {
    throw InputError("list: --generated goes with mutants alone");
  }
  if (what == "scenarios") {
    list_scenarios();
  } else if (what == "protocols") {
    list_protocols();
  } else if (what == "options") {
    list_options();
  } else if (what == "mutants") {
    if (options.is_generated) {
      list_generated_mutants();
    } else {
      list_mutants();
    }
  } else if (what == "properties" || what == "fields") {
    const bool are_fields = what == "fields";
    are_fields ? list_fields() : list_properties();
    WrittenFiles files;
    if (!markdown.empty()) {
      files.try_write(markdown, are_fields ? fields_page(markdown) : properties_page(markdown));
    }
    files.expect_all();
  } else if (what == "faults") {
    list_faults();
  } else if (what == "schema") {
    fmt::print("{}\n", format_json(run_schema(protocols())));
  } else {
    throw InputError(
        fmt::format("list: no list of \"{}\": {}", what, right_name(what, list_names)));
  }
  return 0;
}

Verb::Run declare_list(Arguments& arguments) {
  auto options = std::make_shared<ListOptions>();
  arguments
      .text("WHAT", "NAME", options->what,
            "scenarios, protocols, options, mutants, properties, faults, fields or schema")
      .required()
      .can_be(words_of(list_names));
  arguments.report("--markdown", options->markdown,
                   "Write the properties, or the fields, as tables to this file");
  arguments.flag("--generated", options->is_generated,
                 "The mutants that follow from the types of rules, instead of the planted bugs");
  return [options] { return list(*options); };
}

}  // namespace

const Verb list_verb = {"list", "Say what there is", &declare_list};

}  // namespace synod
