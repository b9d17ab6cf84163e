#include "sim/world/field_bounds.h"

#include <algorithm>
#include <array>
#include <type_traits>

#include "core/ids.h"
#include "sim/limits.h"
#include "sim/time.h"

namespace synod {
namespace {

struct NamedBounds {
  std::string_view name;
  FieldBounds bounds;
};

/// Of the fields that no fault has and no protocol.
constexpr std::array<NamedBounds, 8> own_fields = {{
    {"node_count", {1, node_count_max}},
    {"client_count", {1, client_count_max}},
    {"operations", {0, 1000}},
    {"attempts_max", {1, 100}},
    {"contacts", {1, node_count_max}},
    {"chaos", {1, duration_max.ticks}},
    {"progress", {0, duration_max.ticks}},
    {"steps_max", {1, drawn_steps_max}},
}};

}  // namespace

std::optional<FieldBounds> bounds_of(const Configuration& configuration, std::string_view name) {
  const auto* const own = std::ranges::find(own_fields, name, &NamedBounds::name);
  if (own != own_fields.end()) {
    return own->bounds;
  }
  std::optional<FieldBounds> bounds;
  for_each_fault([&]<class F>() {
    const auto text = std::ranges::find(F::field_texts, name, &FieldText::name);
    if (text != F::field_texts.end() && text->max > 0) {
      bounds = {text->min, text->max};
    }
  });
  Options::for_each(configuration.options, [&]<class T>(const OptionText& text,
                                                        const T& /*field*/) {
    if (text.name == name && (std::is_same_v<T, std::uint32_t> || std::is_same_v<T, Duration>)) {
      bounds = {text.min, text.max};
    }
  });
  return bounds;
}

}  // namespace synod
