// Which protocols there are. A protocol makes itself known in a file of its own; nothing else names
// it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/named_text.h"
#include "properties/finding.h"
#include "scenarios/mutants/mutant.h"
#include "scenarios/registry/default_protocol.h"
#include "sim/world/options.h"

namespace synod {

class Located;
class Runner;
struct Cluster;
struct Rung;
struct RunChoices;

/// A field of what clients ask, for the schema.
struct OperationField {
  enum class Kind : std::uint8_t { words, whole_number, yes_or_no, value, other };
  std::string_view name;
  Kind kind = Kind::other;
  std::span<const std::string_view> words;  ///< all that it can be, where it has words
  bool may_be_left_out = false;
};

/// What can be run. How its runs are told is not here, for runs do without: a protocol that has
/// words of its own registers them beside (scenarios/explain/telling.h).
struct ProtocolEntry {
  /// Protocols are listed by this, lowest first, and then by name.
  int rank = 1000;
  NamedText text;
  std::span<const PropertyText> properties;
  std::span<const NamedText> probes;  ///< at most 64
  std::vector<MutantText> (*mutants)() = nullptr;
  /// Those that follow from the types of its rules; none where it has no table of them.
  std::vector<MutantText> (*generated_mutants)() = nullptr;
  std::unique_ptr<Runner> (*make)(const RunChoices& choices) = nullptr;
  /// Throws InputError where a step of a file names what the protocol does not have; see
  /// scenarios/format/step_names.h.
  void (*expect_names)(const Located& step, Cluster cluster) = nullptr;
  /// Of its own; null where it has none.
  const DeclaredOptions* options = nullptr;
  std::vector<OperationField> (*operation_fields)() = nullptr;
  bool decides = true;  ///< something, which all nodes must then come to know
  /// The clusters and bounds in which the shortest counterexamples are looked for, from the
  /// smallest on, when `breaks` is the property that is broken. Null: usual_ladder()
  /// (scenarios/explore/ladder.h).
  std::vector<Rung> (*ladder)(std::string_view breaks) = nullptr;
  /// What it calls its attempts, whose numbers rise without end: "ballot", "term", "view". Empty:
  /// it has none. See scenarios/explore/rounds.h.
  std::string_view round_name;
  bool has_reads = false;  ///< clients may ask without a value; see Requests::any
  /// It promises nothing where time-outs lie and nodes come back. A search keeps to that, unless it
  /// is told otherwise.
  bool is_fail_stop = false;
  /// Its nodes are told when a write is durable, so that one may fail.
  bool is_told_of_writes = false;
  /// While links stay cut, who decides: who "reaches a quorum both ways". Empty: nobody is promised
  /// to.
  std::string_view decides_amid_cuts{};
};

/// Those of its own; none where it has none.
inline std::span<const OptionText> texts_of_options(const ProtocolEntry& protocol) {
  return protocol.options == nullptr ? std::span<const OptionText>() : protocol.options->texts();
}

/// Defined at namespace scope in the protocol's own file, it adds the protocol to those that there
/// are. A name that is there already ends the program with a message.
class RegisteredEntry {
 public:
  explicit RegisteredEntry(const ProtocolEntry& entry);
};

/// In the order in which they are best met: by rank. Complete when main begins.
std::span<const ProtocolEntry> protocols();
/// Null for one that does not exist.
const ProtocolEntry* find_protocol(std::string_view name);
/// So one does that does not exist.
inline bool is_one_that_decides(std::string_view protocol) {
  const ProtocolEntry* const entry = find_protocol(protocol);
  return entry == nullptr || entry->decides;
}
/// Throws InputError for one that does not exist, with the nearest that does.
const ProtocolEntry& protocol_named(std::string_view name);
/// Whose mutant, planted or generated. Throws InputError for that of no protocol, with the nearest
/// that some protocol has.
const ProtocolEntry& protocol_of_mutant(std::string_view slug);

/// The others of a protocol's properties, for `RunChoices::overlooked`: to judge by these alone.
/// Throws InputError for one that the protocol does not have, with the nearest that it has.
std::vector<std::string_view> all_properties_but(const ProtocolEntry& protocol,
                                                 const std::vector<std::string>& judged);

}  // namespace synod
