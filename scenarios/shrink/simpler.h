// What is simpler than a step or a configuration, and may do as well.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/world/configuration.h"
#include "sim/world/step.h"

namespace synod {

/// The cluster of another, with the options that belong to it, and all else as it is.
Configuration with_cluster(const Configuration& configuration, const Configuration& cluster);
/// The cluster of this one; all else harmless.
Configuration plain(const Configuration& configuration);
/// With one field after the other as in `plain`, where it is not already.
std::vector<std::string> fields_not_plain(const Configuration& configuration);
Configuration with_plain_field(const Configuration& configuration, const std::string& field);

namespace detail {

template <class P>
struct SimplerSteps {
  std::vector<Action<P>> operator()(const LuckStep& step) const {
    std::vector<Action<P>> simpler;
    for (std::uint32_t half = step.number; half > 0; half /= 2) {  // 0 first, one less last
      simpler.push_back(LuckStep{step.node, step.number - half});
    }
    return simpler;
  }
  /// Of a fault, what it says itself.
  std::vector<Action<P>> operator()(const auto& step) const {
    std::vector<Action<P>> simpler;
    const auto add = [&](const auto& one) { simpler.push_back(one); };
    if constexpr (requires { step.simpler(add); }) {
      step.simpler(add);
    }
    return simpler;
  }
};

}  // namespace detail

/// One thing simpler each; empty when it is as simple as can be.
template <class P>
std::vector<Action<P>> simpler_than(const Action<P>& action) {
  return std::visit(detail::SimplerSteps<P>{}, action);
}

}  // namespace synod
