#include "scenarios/runner.h"

#include <fmt/format.h>

#include <array>

#include "scenarios/input_error.h"
#include "scenarios/nearest.h"
#include "scenarios/paxos_runner.h"

namespace synod {
namespace {

constexpr std::array<NamedText, 1> protocols = {
    {{"paxos", "single-decree Paxos; Lamport, Paxos Made Simple"}}};

}  // namespace

std::unique_ptr<Runner> make_runner(const RunChoices& choices) {
  if (choices.protocol == "paxos") {
    return make_paxos_runner(choices);
  }
  throw InputError(fmt::format(
      "no protocol \"{}\": did you mean \"{}\"?", choices.protocol,
      nearest_of(choices.protocol, protocols, [](const NamedText& one) { return one.name; })));
}

std::span<const NamedText> protocol_texts() { return protocols; }
std::span<const NamedText> probe_texts() { return paxos_probe_texts(); }
std::span<const PropertyText> property_texts() { return paxos_property_texts(); }

}  // namespace synod
