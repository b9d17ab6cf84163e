// The one registration: at namespace scope in a protocol's own file, it adds the protocol to those
// that the program knows, with every verb.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "core/fields.h"
#include "properties/determinism.h"
#include "properties/progress.h"
#include "scenarios/format/operation_fields.h"
#include "scenarios/format/step_names.h"
#include "scenarios/play/planted.h"
#include "scenarios/run/protocol_runner.h"
#include "scenarios/run/runner.h"

namespace synod {

/// Those of a setup's witness, which has a tuple of them, `All`, and those that the runner judges
/// itself.
template <class Setup>
struct PropertiesOf {
  static constexpr auto witnessed = []<class... Ps>(std::type_identity<std::tuple<Ps...>>) {
    return std::array{Ps::text..., assertion_text,
                      learns<typename Setup::Protocol> ? progress_text : answers_text};
  }(std::type_identity<typename Setup::Witness::All>{});
  static constexpr bool has_own_progress = Setup::survivors_text.name != progress_text.name;
  static constexpr bool is_made_twice = runs_a_determinism_check<Setup> != 0;

  static constexpr auto texts = [] {
    std::array<PropertyText, witnessed.size() + has_own_progress + is_made_twice> all{};
    auto end = std::copy(witnessed.begin(), witnessed.end(), all.begin());
    if (has_own_progress) {
      *end++ = Setup::survivors_text;
    }
    if (is_made_twice) {
      *end++ = determinism_text;
    }
    return all;
  }();
};

/// Has it a field of one of these names?
template <class T>
constexpr bool has_field_called(std::initializer_list<std::string_view> names) {
  for (const std::string_view field : field_names<T>()) {
    if (std::find(names.begin(), names.end(), field) != names.end()) {
      return true;
    }
  }
  return false;
}

/// `Setup` as in protocol_runner.h; for what it need not say, see testbed_of.h.
template <class Setup>
class RegisteredProtocol {
 public:
  using P = typename Setup::Protocol;
  static_assert(
      !has_field_called<typename P::Operation>({"at", "step", "client", "number", "to",
                                                "observations", "request", "type"}),
      "a field of Operation is called as one of the step that asks it: call it otherwise");
  static_assert(!has_field_called<typename P::Result>({"request", "type"}),
                "a field of Result is called as one of the answer that has it: call it otherwise");

  explicit RegisteredProtocol(int rank = ProtocolEntry{}.rank) : registered_(entry(rank)) {}

 private:
  static std::unique_ptr<Runner> make(const RunChoices& choices) {
    return std::make_unique<ProtocolRunner<Setup>>(
        Setup{{Planted<P>(choices.mutants, choices.overlooked)}}, choices);
  }
  static ProtocolEntry entry(int rank) {
    std::size_t kinds = 0;
    Setup::Clients::each(1, [&](const auto&) { ++kinds; });
    ProtocolEntry entry{.rank = rank,
                        .text = {P::name, Setup::about},
                        .properties = PropertiesOf<Setup>::texts,
                        .probes = Setup::Witness::probe_texts,
                        .mutants = &mutant_texts_of<P>,
                        .generated_mutants = &generated_mutant_texts_of<P>,
                        .make = &make,
                        .expect_names = &expect_names_of<P>,
                        .options = options_declared_by<Setup>(),
                        .operation_fields = &operation_fields_of<typename P::Operation>,
                        .decides = learns<P>,
                        .round_name = round_name_of<P>,
                        .has_reads = kinds > 1,
                        .is_fail_stop = !Setup::nodes_restart,
                        .is_told_of_writes = is_told_of_writes<P>,
                        .decides_amid_cuts = amid_cuts_of<Setup>().who};
    if constexpr (requires { entry.ladder = &Setup::ladder; }) {
      entry.ladder = &Setup::ladder;
    }
    return entry;
  }

  RegisteredEntry registered_;
};

}  // namespace synod
