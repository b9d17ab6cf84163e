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
  static constexpr NamedText learned_text = {
      "learned", "whoever must hear of what was decided has, or a client was told"};

  struct Action {
    std::uint16_t step = 0;  ///< its number: `StateSpace::trace` makes a run of them
    bool is_accident = false;
  };

  explicit WorldModel(std::unique_ptr<StateSpace> space) : space_(std::move(space)) {
    for (const PropertyText& property : space_->properties()) {
      invariants_.push_back(property.name);
    }
    for (const NamedText& text : space_->sometimes()) {
      sometimes_.push_back(text.name);
    }
    sometimes_.push_back(learned_text.name);
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
      visit(Action{way.step, way.is_accident}, way.state);
    }
  }
  [[nodiscard]] bool is_cut_off() const { return successors_.is_bounded; }
  void successors_awake(const State& state, SleepSet asleep, auto&& visit) {
    space_->expand_awake(state, asleep, successors_);
    for (std::size_t i = 0; i < successors_.count; ++i) {
      const Successors::Way& way = successors_.ways[i];
      visit(Action{way.step, way.is_accident}, way.state, way.asleep);
    }
  }
  [[nodiscard]] std::uint64_t fingerprint(const State& state) const { return state.fingerprint; }
  [[nodiscard]] const std::vector<std::string_view>& invariants() const { return invariants_; }
  [[nodiscard]] std::optional<std::uint32_t> violation(const State& state) const {
    return state.violation < 0 ? std::nullopt
                               : std::optional(static_cast<std::uint32_t>(state.violation));
  }
  [[nodiscard]] const std::vector<std::string_view>& sometimes() const { return sometimes_; }
  /// The space's, and last that what was decided is learned.
  [[nodiscard]] std::uint64_t reached(const State& state) const {
    const std::uint64_t learned = state.has_decided ? 1 : 0;
    return state.sometimes | learned << (sometimes_.size() - 1);
  }

  /// A copy's: what is as short as the string itself has room for lies within the state.
  [[nodiscard]] std::uint64_t owned_bytes(const State& state) const {
    static const std::size_t inside = std::string().capacity();
    return state.bytes.size() > inside ? state.bytes.size() + 1 : 0;
  }

  void encode(const State& state, std::string& bytes) { space_->encode(state, bytes); }

  [[nodiscard]] static bool is_decided(const State& state) { return state.has_decided; }

  [[nodiscard]] StateSpace& space() { return *space_; }

 private:
  std::unique_ptr<StateSpace> space_;
  std::vector<std::string_view> invariants_;
  std::vector<std::string_view> sometimes_;
  State state_;
  Successors successors_;
};

}  // namespace synod
