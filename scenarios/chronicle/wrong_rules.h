// Which rule answered wrongly in a run with planted bugs, as the run goes on and at a few times its
// cost: what a campaign counts its findings by. A Chronicle says the same of a trace, and all that
// led to it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "properties/finding.h"
#include "scenarios/chronicle/first_difference.h"
#include "scenarios/chronicle/inputs.h"
#include "sim/limits.h"
#include "sim/world/observation.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P>
class WrongRules {
 public:
  /// All must outlive it: the configuration with the planted bugs, the one without, and what is
  /// found in the run.
  WrongRules(const typename P::Config& config, const typename P::Config& correct,
             const Findings& findings)
      : differences_(config, &correct), findings_(findings) {}

  void on(const World<P>& world, const Delivered<P>& delivered) {
    if (delivered.packet.to.is_node()) {
      compare(world, delivered.packet.to.node(), input_name(delivered), taking(delivered));
    }
  }
  void on(const World<P>& world, const TimerFired<P>& fired) {
    compare(world, fired.node, input_name(fired), taking(fired));
  }
  void on(const World<P>& world, const LuckGiven& given) {
    if constexpr (asks_for_luck<P>) {
      compare(world, given.node, input_name(given), taking(given));
    }
  }
  void on(const World<P>& world, const Restarted& restarted) {
    compare(world, restarted.node, input_name(restarted), taking(world, restarted), {});
  }
  void on(const World<P>& world, const Stored<P>& stored) {
    if constexpr (is_told_of_writes<P>) {
      compare(world, stored.node, input_name(WriteDone{}), taking(WriteDone{}, 1));
      is_of_write_ = true;
    }
  }
  void on(const World<P>& world, const WritesFailed<P>& failed) {
    if constexpr (is_told_of_writes<P>) {
      const WriteDone done{.has_failed = true};
      compare(world, failed.node, input_name(done), taking(done, failed.count));
    }
  }
  /// What it has let reach the disk, nobody was told of.
  void on(const World<P>& /*world*/, const Crashed& /*crashed*/) {
    if (is_of_write_) {
      wrong_.reset();
    }
  }
  void on(const World<P>& /*world*/, const Applied<P>& applied) {
    if (const auto wrong = std::exchange(wrong_, {})) {
      first_of_[wrong->first.index] = wrong->second;
      first_ = first_ ? first_ : wrong->second;
    }
    is_of_write_ = false;
    if (!has_ended_ && findings_.has_any()) {
      has_ended_ = true;
      violator_ = actor_in(applied.step.action);
    }
  }

  /// The first of the node at which the violation came about; where that one did only what is
  /// right, the first of any, which led it astray. Empty where all did what is right.
  [[nodiscard]] std::string blamed() const {
    if (violator_ && first_of_[violator_->index]) {
      return *first_of_[violator_->index];
    }
    return first_.value_or("");
  }

 private:
  template <class TakeInput>
  void compare(const World<P>& world, NodeId node, std::string_view input, TakeInput take_input) {
    compare(world, node, input, take_input, world[node].node);
  }
  template <class TakeInput>
  void compare(const World<P>& world, NodeId node, std::string_view input, TakeInput take_input,
               const typename P::Node& before) {
    if (has_ended_ || first_of_[node.index]) {
      return;
    }
    if (auto blamed = differences_.find_blamed(before, local_now(world, node), input, take_input)) {
      wrong_.emplace(node, std::move(*blamed));
    }
  }

  static std::optional<NodeId> actor_in(const Action<P>& action) {
    return std::visit(
        [](const auto& step) -> std::optional<NodeId> {
          if constexpr (requires { step.packet; }) {
            return step.packet.to.is_node() ? std::optional(step.packet.to.node()) : std::nullopt;
          } else if constexpr (requires { step.node; }) {
            return step.node;
          } else {
            return std::nullopt;
          }
        },
        action);
  }

  DifferenceFinder<P> differences_;
  const Findings& findings_;
  std::array<std::optional<std::string>, node_count_max> first_of_{};  ///< by node
  std::optional<std::string> first_;
  std::optional<std::pair<NodeId, std::string>> wrong_;  ///< in this step
  bool is_of_write_ = false;                             ///< this step lets one reach the disk
  std::optional<NodeId> violator_;
  bool has_ended_ = false;
};

}  // namespace synod
