// What is simpler than a step or a configuration, and may do as well.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/configuration.h"
#include "sim/step.h"

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
  std::vector<Action<P>> operator()(const CrashStep& step) const {
    std::vector<Action<P>> simpler;
    if (step.after_effects > 0) {
      simpler.push_back(CrashStep{step.node, 0, step.writes_kept});
    }
    if (step.after_effects > 1) {
      simpler.push_back(CrashStep{step.node, static_cast<std::uint8_t>(step.after_effects - 1),
                                  step.writes_kept});
    }
    if (step.writes_kept > 0) {
      simpler.push_back(CrashStep{step.node, step.after_effects,
                                  static_cast<std::uint8_t>(step.writes_kept - 1)});
    }
    return simpler;
  }
  std::vector<Action<P>> operator()(const CutStep& step) const { return fewer_links(step); }
  std::vector<Action<P>> operator()(const HealStep& step) const { return fewer_links(step); }
  std::vector<Action<P>> operator()(const SkewStep& step) const {
    std::vector<Action<P>> simpler;
    if (step.rate != SkewStep{}.rate) {
      simpler.push_back(SkewStep{step.node, SkewStep{}.rate, step.jump_ticks});
    }
    if (step.jump_ticks != 0) {
      simpler.push_back(SkewStep{step.node, step.rate, 0});
    }
    return simpler;
  }
  std::vector<Action<P>> operator()(const FailWriteStep& step) const {
    return {FinishWriteStep{step.node}};
  }
  std::vector<Action<P>> operator()(const LuckStep& step) const {
    std::vector<Action<P>> simpler;
    for (std::uint32_t half = step.number; half > 0; half /= 2) {  // 0 first, one less last
      simpler.push_back(LuckStep{step.node, step.number - half});
    }
    return simpler;
  }
  std::vector<Action<P>> operator()(const auto& /*step*/) const { return {}; }

 private:
  template <class Link>
  static std::vector<Action<P>> fewer_links(const Link& step) {
    std::vector<Action<P>> simpler;
    for (std::uint8_t index = 0; index < endpoint_count_max; ++index) {
      for (EndpointSet Link::* side : {static_cast<EndpointSet Link::*>(&Link::from),
                                       static_cast<EndpointSet Link::*>(&Link::to)}) {
        Link fewer = step;
        (fewer.*side).bits = static_cast<std::uint16_t>((fewer.*side).bits & ~(1U << index));
        if (fewer.*side != step.*side && fewer.count() > 0) {
          simpler.push_back(fewer);
        }
      }
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
