#include "tools/what_if_curve.h"

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "scenarios/json_document.h"
#include "scenarios/located_json.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

std::uint64_t number_in(const Located& object, std::string_view name) {
  const auto found = object.find(name);
  if (!found) {
    object.fail_missing(name, "a whole number, as synod whatif --json writes it");
  }
  if (!found->value().is_number_unsigned()) {
    found->fail_unless_wanted("a whole number");
  }
  return found->value().get<std::uint64_t>();
}

/// From the place of a step in the trace to its place in the chronicle.
std::map<std::size_t, std::size_t> places_in(const Chronicle& chronicle) {
  std::map<std::size_t, std::size_t> places;
  for (std::size_t i = 0; i < chronicle.steps.size(); ++i) {
    if (const auto trace_index = chronicle.steps[i].trace_index) {
      places[*trace_index] = i;
    }
  }
  return places;
}

}  // namespace

ordered_json read_what_if_curve(const std::string& file, const Chronicle& chronicle) {
  const JsonDocument document = parse_json(read_json_text(file), file);
  const Located root(document, file);
  root.expect_object("the figures that synod whatif --json writes");
  const auto steps = root.find("steps");
  if (!steps) {
    root.fail_missing("steps", "the figures that synod whatif --json writes");
  }
  steps->expect_list("a list of figures, one for each step");
  const auto places = places_in(chronicle);
  const auto place_of = [&](const Located& step) {
    const auto found = places.find(number_in(step, "step"));
    if (found == places.end()) {
      step.fail("there is no such step in this trace: give the figures of the same trace");
    }
    return found->second;
  };
  ordered_json curve = ordered_json::array();
  for (std::size_t i = 0; i < steps->value().size(); ++i) {
    const Located step = (*steps)[i];
    step.expect_object("an object with step, violated and samples");
    curve.push_back({{"step", place_of(step)},
                     {"violated", number_in(step, "violated")},
                     {"samples", number_in(step, "samples")}});
  }
  ordered_json what_if = {{"curve", std::move(curve)}};
  const auto critical = root.find("critical_step");
  if (critical && critical->value().is_number_unsigned()) {
    const auto place = places.find(critical->value().get<std::size_t>());
    if (place != places.end()) {
      what_if["critical_step"] = place->second;
    }
  }
  return what_if;
}

}  // namespace synod
