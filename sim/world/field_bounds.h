// Of the numbers of a configuration: from where to where each may be.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/world/configuration.h"

namespace synod {

struct FieldBounds {
  std::uint64_t min = 0;
  std::uint64_t max = 0;
};

/// Of a field by its name: a number, or a duration in ticks. None where it is neither. Two fields
/// may besides have to fit each other, which `validate` says.
std::optional<FieldBounds> bounds_of(const Configuration& configuration, std::string_view name);

}  // namespace synod
