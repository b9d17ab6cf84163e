// Our own world as a model of which it is asked whether it can go on for ever: nothing is chosen in
// it, and worlds that differ only in how high their ballots have risen are one state.
// scenarios/explore/rounds.h says why a way round is then one that can be gone for ever.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "scenarios/explore/state_space.h"
#include "scenarios/format/trace.h"
#include "sim/luck.h"

namespace synod {

class OutbidModel {
 public:
  using State = ExploredState;
  struct Action {
    std::uint16_t step = 0;  ///< as in WorldModel
    std::uint8_t begun = 0;  ///< bit i: node i, which a client asks, begins one as a timer fires
  };
  static_assert(client_count_max <= 8, "a bit each");

  /// Of a space whose ballots have no bound: `rounds_max` is from how many rounds those in one
  /// world may be, so that there is an end to it.
  OutbidModel(std::unique_ptr<StateSpace> space, std::uint32_t rounds_max)
      : space_(std::move(space)), rounds_max_(rounds_max) {}
  OutbidModel(const OutbidModel& other) : OutbidModel(other.space_->clone(), other.rounds_max_) {}
  OutbidModel& operator=(const OutbidModel& other) { return *this = OutbidModel(other); }
  OutbidModel(OutbidModel&&) = default;
  OutbidModel& operator=(OutbidModel&&) = default;
  ~OutbidModel() = default;

  void initial_states(auto&& visit) {
    space_->initial(state_);
    visit(static_cast<const State&>(state_));
  }
  void successors(const State& state, auto&& visit) {
    space_->expand(state, successors_);
    for (std::size_t i = 0; i < successors_.count; ++i) {
      const Successors::Way& way = successors_.ways[i];
      const bool is_over = way.state.violation >= 0 || (way.state.sometimes & decided) != 0;
      if (is_over || is_impatient(state, way) || rounds_of(way.state) > rounds_max_) {
        continue;
      }
      const std::uint32_t begun = way.begins_round ? 1U << way.begins_round->index : 0U;
      visit(Action{way.step, static_cast<std::uint8_t>(begun)}, way.state);
    }
  }
  [[nodiscard]] std::uint64_t fingerprint(const State& state) {
    rounds_of(state);
    std::uint64_t hash = mix(shape_.size());
    for (const char c : shape_) {
      hash = mix(hash ^ static_cast<unsigned char>(c));
    }
    return hash;
  }

  [[nodiscard]] std::array<std::string_view, 0> invariants() const { return {}; }
  [[nodiscard]] std::optional<std::uint32_t> violation(const State& /*state*/) const { return {}; }
  [[nodiscard]] std::array<std::string_view, 0> sometimes() const { return {}; }
  [[nodiscard]] std::uint64_t reached(const State& /*state*/) const { return 0; }
  [[nodiscard]] bool is_decided(const State& /*state*/) const { return false; }

  [[nodiscard]] StateSpace& space() { return *space_; }

 private:
  static constexpr std::string_view back_off = "back_off";
  static constexpr std::uint8_t decided = 1;  ///< the first of the *sometimes* properties

  /// Who begins a ballot anew was refused: no time-out lies, and no message is slower than others.
  bool is_impatient(const State& state, const Successors::Way& way) {
    if (!way.begins_round) {
      return false;
    }
    const JsonFields fields = space_->step(state, way.step).fields.unpacked();
    const std::string* timer = text_of(fields.json(), "timer");
    return timer == nullptr || *timer != back_off;
  }
  std::uint32_t rounds_of(const State& state) {
    shape_.clear();
    return space_->encode_shape(state, shape_);
  }

  std::unique_ptr<StateSpace> space_;
  std::uint32_t rounds_max_;
  State state_;
  Successors successors_;
  std::string shape_;
};

}  // namespace synod
