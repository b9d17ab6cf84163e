#include "tools/view/what_if_curve.h"

#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "scenarios/format/json_document.h"
#include "scenarios/format/json_fields.h"
#include "scenarios/format/located_json.h"
#include "tools/support/program_name.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

/// As in "a whole number, as synod whatif --json writes it".
std::string as_written(std::string_view what) {
  return fmt::format("{}, as {} whatif --json writes it", what, program_name());
}
std::string wanted_file() {
  return fmt::format("the figures that {} whatif --json writes", program_name());
}

std::uint64_t number_in(const Located& object, std::string_view name) {
  const auto found = object.find(name);
  if (!found) {
    object.fail_missing(name, as_written("a whole number"));
  }
  std::uint64_t number = 0;
  if (!try_read_number(found->value(), std::numeric_limits<std::uint64_t>::max(), number)) {
    found->fail_unless_wanted("a whole number");
  }
  return number;
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
  const JsonDocument document = parse_json(read_json_text(file), file, wanted_file());
  const Located root(document, file);
  root.expect_object(wanted_file());
  const auto steps = root.find("steps");
  if (!steps) {
    root.fail_missing("steps", wanted_file());
  }
  steps->expect_list(as_written("a list of figures"));
  const auto places = places_in(chronicle);
  const auto place_of = [&](const Located& where, std::uint64_t step) {
    const auto found = places.find(step);
    if (found == places.end()) {
      where.fail("there is no such step in this trace: give the figures of the same trace");
    }
    return found->second;
  };
  ordered_json curve = ordered_json::array();
  std::optional<std::uint64_t> last;
  for (std::size_t i = 0; i < steps->value().size(); ++i) {
    const Located figures = (*steps)[i];
    figures.expect_object(as_written("an object with step, violated and samples"));
    const std::uint64_t step = number_in(figures, "step");
    const std::uint64_t violated = number_in(figures, "violated");
    const std::uint64_t samples = number_in(figures, "samples");
    if (last && step <= *last) {
      figures.fail(fmt::format(
          "step {} is not behind step {} above: give each once, in their order", step, *last));
    }
    if (violated > samples || samples == 0) {
      figures.fail(fmt::format("{} violated of {} samples: give a part of at least 1 sample",
                               violated, samples));
    }
    last = step;
    curve.push_back(
        {{"step", place_of(figures, step)}, {"violated", violated}, {"samples", samples}});
  }
  ordered_json what_if = {{"curve", std::move(curve)}};
  const auto critical = root.find("critical_step");
  if (critical && !critical->value().is_null()) {
    what_if["critical_step"] = place_of(*critical, number_in(root, "critical_step"));
  }
  return what_if;
}

}  // namespace synod
