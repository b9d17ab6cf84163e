#include "scenarios/registry/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <tuple>
#include <utility>
#include <vector>

#include "scenarios/words/input_error.h"
#include "scenarios/words/nearest.h"

namespace synod {
namespace {

/// A function's static, because protocols register before any other object need exist.
std::vector<ProtocolEntry>& registry() {
  static std::vector<ProtocolEntry> entries;
  return entries;
}

}  // namespace

RegisteredEntry::RegisteredEntry(const ProtocolEntry& entry) {
  std::vector<ProtocolEntry>& all = registry();
  const bool is_there = std::any_of(all.begin(), all.end(), [&](const ProtocolEntry& one) {
    return one.text.name == entry.text.name;
  });
  if (is_there) {
    fmt::print(stderr, "two protocols are named \"{}\"\n", entry.text.name);
    std::abort();  // before main begins, nobody could catch what is thrown
  }
  // Sorted, because files register in an order that the linker chooses.
  const auto is_before = [](const ProtocolEntry& a, const ProtocolEntry& b) {
    return std::tie(a.rank, a.text.name) < std::tie(b.rank, b.text.name);
  };
  all.insert(std::lower_bound(all.begin(), all.end(), entry, is_before), entry);
}

std::span<const ProtocolEntry> protocols() { return registry(); }

std::string default_protocol() {
  return registry().empty() ? std::string() : std::string(registry().front().text.name);
}

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
      "no protocol \"{}\": {}", name,
      right_name(
          name,
          names_among(protocols(), [](const ProtocolEntry& entry) { return entry.text.name; }),
          "synod list protocols")));
}

const ProtocolEntry& protocol_of_mutant(std::string_view slug) {
  std::vector<std::string_view> slugs;
  std::vector<std::string_view> generated;
  for (const ProtocolEntry& entry : protocols()) {
    for (const auto& [mutants, among] :
         {std::pair(entry.mutants(), &slugs), std::pair(entry.generated_mutants(), &generated)}) {
      for (const MutantText& mutant : mutants) {
        if (mutant.slug == slug) {
          return entry;
        }
        among->push_back(mutant.slug);
      }
    }
  }
  const std::string ending = fmt::format(".{}", slug);
  for (const std::string_view one : generated) {
    if (one.ends_with(ending)) {
      refuse(fmt::format("no mutant \"{}\": did you mean \"{}\"?", slug, one));
    }
  }
  if (is_like_a_generated_one(slug) && !generated.empty()) {
    refuse(fmt::format("no mutant \"{}\": {}", slug,
                       right_name(slug, generated, "synod list mutants --generated")));
  }
  if (slugs.empty()) {
    refuse(fmt::format("no mutant \"{}\": this program has none", slug));
  }
  refuse(fmt::format("no mutant \"{}\": {}", slug, right_name(slug, slugs, "synod list mutants")));
}

std::vector<std::string_view> all_properties_but(const ProtocolEntry& protocol,
                                                 const std::vector<std::string>& judged) {
  std::vector<std::string_view> names(protocol.properties.size());
  std::transform(protocol.properties.begin(), protocol.properties.end(), names.begin(),
                 [](const PropertyText& property) { return property.name; });
  for (const std::string& name : judged) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      refuse(fmt::format("no property \"{}\" of {}: {}", name, protocol.text.name,
                         right_name(name, names, "synod list properties")));
    }
  }
  std::erase_if(names, [&](std::string_view name) {
    return std::find(judged.begin(), judged.end(), name) != judged.end();
  });
  return names;
}

}  // namespace synod
