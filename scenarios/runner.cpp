#include "scenarios/runner.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/input_error.h"
#include "scenarios/nearest.h"

namespace synod {

const ProtocolEntry* find_protocol(std::string_view name) {
  const auto entry = std::ranges::find_if(
      protocols(), [&](const ProtocolEntry& one) { return one.text.name == name; });
  return entry == protocols().end() ? nullptr : &*entry;
}

const ProtocolEntry& protocol_named(std::string_view name) {
  if (const ProtocolEntry* const entry = find_protocol(name)) {
    return *entry;
  }
  if (protocols().empty()) {
    refuse(fmt::format("no protocol \"{}\": this program has none", name));
  }
  refuse(fmt::format(
      "no protocol \"{}\": did you mean \"{}\"?", name,
      nearest_of(name, protocols(), [](const ProtocolEntry& entry) { return entry.text.name; })));
}

const ProtocolEntry& protocol_of_mutant(std::string_view slug) {
  std::vector<std::string_view> slugs;
  for (const ProtocolEntry& entry : protocols()) {
    for (const MutantText& mutant : entry.mutants()) {
      if (mutant.slug == slug) {
        return entry;
      }
      slugs.push_back(mutant.slug);
    }
  }
  if (slugs.empty()) {
    refuse(fmt::format("no mutant \"{}\": this program has none", slug));
  }
  refuse(fmt::format("no mutant \"{}\": did you mean \"{}\"?", slug, nearest(slug, slugs)));
}

std::vector<std::string_view> all_properties_but(const ProtocolEntry& protocol,
                                                 const std::vector<std::string>& judged) {
  std::vector<std::string_view> names(protocol.properties.size());
  std::transform(protocol.properties.begin(), protocol.properties.end(), names.begin(),
                 [](const PropertyText& property) { return property.name; });
  for (const std::string& name : judged) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      refuse(fmt::format("no property \"{}\" of {}: did you mean \"{}\"?", name, protocol.text.name,
                         nearest(name, names)));
    }
  }
  std::erase_if(names, [&](std::string_view name) {
    return std::find(judged.begin(), judged.end(), name) != judged.end();
  });
  return names;
}

std::unique_ptr<Runner> make_runner(const RunChoices& choices) {
  return protocol_named(choices.protocol).make(choices);
}

}  // namespace synod
