// Our own world as a model for the search engine: whatever protocol a runner takes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/explore/state_space.h"

namespace synod {

class WorldModel {
 public:
  using State = ExploredState;
  using Action = std::uint16_t;  ///< the number of a step: `StateSpace::trace` makes a run of them

  explicit WorldModel(std::unique_ptr<StateSpace> space) : space_(std::move(space)) {
    for (const PropertyText& property : space_->properties()) {
      invariants_.push_back(property.name);
    }
    for (const NamedText& text : space_->sometimes()) {
      sometimes_.push_back(text.name);
    }
  }
  WorldModel(const WorldModel& other) : WorldModel(other.space_->clone()) {}
  WorldModel& operator=(const WorldModel& other) { return *this = WorldModel(other); }
  WorldModel(WorldModel&&) = default;
  WorldModel& operator=(WorldModel&&) = default;
  ~WorldModel() = default;

  void initial_states(auto&& visit) {
    space_->initial(state_);
    visit(static_cast<const State&>(state_));
  }
  void successors(const State& state, auto&& visit) {
    space_->expand(state, successors_);
    for (std::size_t i = 0; i < successors_.count; ++i) {
      const Successors::Way& way = successors_.ways[i];
      visit(way.step, way.state);
    }
  }
  void successors_awake(const State& state, SleepSet asleep, auto&& visit) {
    space_->expand_awake(state, asleep, successors_);
    for (std::size_t i = 0; i < successors_.count; ++i) {
      const Successors::Way& way = successors_.ways[i];
      visit(way.step, way.state, way.asleep);
    }
  }
  [[nodiscard]] std::uint64_t fingerprint(const State& state) const { return state.fingerprint; }
  [[nodiscard]] const std::vector<std::string_view>& invariants() const { return invariants_; }
  [[nodiscard]] std::optional<std::uint32_t> violation(const State& state) const {
    return state.violation < 0 ? std::nullopt
                               : std::optional(static_cast<std::uint32_t>(state.violation));
  }
  [[nodiscard]] const std::vector<std::string_view>& sometimes() const { return sometimes_; }
  [[nodiscard]] std::uint64_t reached(const State& state) const { return state.sometimes; }

  /// A copy's: what is as short as the string itself has room for lies within the state.
  [[nodiscard]] std::uint64_t owned_bytes(const State& state) const {
    static const std::size_t inside = std::string().capacity();
    return state.bytes.size() > inside ? state.bytes.size() + 1 : 0;
  }

  void encode(const State& state, std::string& bytes) { space_->encode(state, bytes); }

  /// Nothing is left to come about, or a bound forbids to say whether it would.
  bool is_decided(const State& state) {
    if (state.has_decided) {
      return true;
    }
    space_->expand(state, looked_at_);
    return looked_at_.is_bounded;
  }

  [[nodiscard]] StateSpace& space() { return *space_; }

 private:
  std::unique_ptr<StateSpace> space_;
  std::vector<std::string_view> invariants_;
  std::vector<std::string_view> sometimes_;
  State state_;
  Successors successors_;
  Successors looked_at_;  ///< `is_decided` may be asked amid a visit of successors
};

}  // namespace synod
