#include "tools/campaign/trace_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "scenarios/words/input_error.h"
#include "sim/hash.h"
#include "tools/campaign/campaign.h"
#include "tools/support/files.h"

namespace synod {
namespace {

/// "paxos-sd-pick-own": the protocol and the first `count` planted bugs.
std::string joined(const RunChoices& choices, std::size_t count) {
  std::string text = choices.protocol;
  for (std::size_t i = 0; i < count; ++i) {
    text += "-" + choices.mutants[i];
  }
  return text;
}

/// The same on every machine, and of every run of the program.
std::uint32_t hash_of_all(const RunChoices& choices) {
  Hasher hasher;
  for (const char c : joined(choices, choices.mutants.size())) {
    hasher.add(static_cast<unsigned char>(c));
  }
  return static_cast<std::uint32_t>(hasher.value());
}

/// Of what stands behind what was run: "-PROPERTY-SEED.original.json".
std::size_t rest_size_max(std::span<const PropertyText> properties) {
  constexpr std::string_view longest_seed = "18446744073709551615";
  constexpr std::string_view longest_ending = ".original.json";
  std::size_t property = 0;
  for (const PropertyText& one : properties) {
    property = std::max(property, one.name.size());
  }
  return property + longest_seed.size() + longest_ending.size() + 2;
}

}  // namespace

TraceNames::TraceNames(std::string folder, const RunChoices& choices)
    : properties_(protocol_named(choices.protocol).properties),
      folder_(std::move(folder)),
      what_(joined(choices, choices.mutants.size())) {
  const std::size_t rest = rest_size_max(properties_);
  const std::size_t name_max = name_size_max(folder_);
  const auto fits = [&] { return what_.size() + rest <= name_max; };
  for (std::size_t named = choices.mutants.size(); named > 0 && !fits(); --named) {
    const std::size_t left_out = choices.mutants.size() - named + 1;
    what_ = fmt::format("{}-and-{}-more-{:08x}", joined(choices, named - 1), left_out,
                        hash_of_all(choices));
    are_shortened_ = true;
  }
  if (!fits()) {
    throw InputError(
        fmt::format("{}: this folder cannot hold the traces: their names may have {} characters "
                    "there, and need up to {}: give another",
                    folder_, name_max, what_.size() + rest));
  }
}

std::string TraceNames::of(const Violation& violation, std::string_view ending) const {
  return fmt::format("{}/{}-{}-{}{}", folder_, what_, violation.property, violation.seed, ending);
}

std::string TraceNames::pattern() const {
  return fmt::format("{}/{}-PROPERTY-SEED.json", folder_, what_);
}

bool TraceNames::may_be(const std::string& file) const {
  const std::string name = std::filesystem::path(file).filename().string();
  const bool is_one = std::ranges::any_of(properties_, [&](const PropertyText& property) {
    const std::string beginning = fmt::format("{}-{}-", what_, property.name);
    if (!name.starts_with(beginning)) {
      return false;
    }
    const std::string_view rest = std::string_view(name).substr(beginning.size());
    const std::string_view ending =
        rest.substr(std::min(rest.size(), rest.find_first_not_of("0123456789")));
    return ending == ".json" || ending == ".original.json";
  });
  return is_one && is_in_folder(file, folder_);
}

}  // namespace synod
