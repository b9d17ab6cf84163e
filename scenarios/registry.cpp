#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <tuple>
#include <vector>

#include "scenarios/default_protocol.h"
#include "scenarios/runner.h"

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

}  // namespace synod
