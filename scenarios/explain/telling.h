// How the runs of a protocol are told, where it has words of its own for that.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/explain/evidence.h"
#include "scenarios/explain/story.h"

namespace synod {

/// The rule whose breach a violation of this property shows most directly.
struct KeptRule {
  std::string_view property;
  std::string_view code;  ///< the functions that keep it, of one alone its own words
  // With initializers, properties that one function keeps need not say so.
  // NOLINTBEGIN(readability-redundant-member-init)
  std::string_view text{};
  std::string_view source{};
  // NOLINTEND(readability-redundant-member-init)
};

/// Part of ProtocolWords (scenarios/chronicle/rule_texts.h). What is null is told in the same way
/// for every protocol.
struct Telling {
  // NOLINTNEXTLINE(readability-redundant-member-init)
  std::span<const KeptRule> kept_rules{};
  /// "3 nodes; any 2 of them are a quorum. …": what a reader need not know the protocol by heart
  /// for.
  std::string (*setting)(const Chronicle& chronicle) = nullptr;
  /// Sentences in any order: see story.h for what every protocol can use.
  Sentences (*story)(const Told& told) = nullptr;
  /// Adds what proves and explains the finding, which the evidence has already, and maybe another
  /// rule.
  void (*evidence)(const Chronicle& chronicle, Evidence& evidence) = nullptr;
};

}  // namespace synod
