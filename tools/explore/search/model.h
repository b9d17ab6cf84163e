// What the search engine asks of a model. It knows no more of one than this: our own world is a
// model, and so is a user's own specification.
//
// A model is a value. Each worker explores with a copy of its own, so a model may keep scratch
// space; two copies must answer alike, and the same state must be answered alike every time.
//
//   State    a value: copyable. The engine stores one for each state of two levels of the search,
//            so a small one (packed, trivially copyable) is fast and saves memory.
//   Action   a small value: what leads from a state to the next, all that a trace is made of.
//
//   initial_states(visit)        calls visit(const State&) for each
//   successors(state, visit)     calls visit(const Action&, const State&) for each way on,
//                                always in the same order, two that lead to the same state both; a
//                                state without successors is terminal. What is passed needs to live
//                                only during the call. Bounds are the model's: what lies beyond
//                                one, it does not visit.
//   fingerprint(state)           64 well mixed bits (`mix` in sim/luck.h): states with the same
//                                fingerprint are taken for the same. Symmetry goes in here: give
//                                the states of one orbit the fingerprint of their canonical state.
//                                It must be the same for all of them, and properties must not tell
//                                them apart.
//   invariants()                 names; what must be true of every state
//   violation(state)             the index of an invariant that the state breaks, if it breaks one
//   sometimes()                  names, at most 64; what some state must show, or the search is
//                                inconclusive
//   reached(state)               bit i: the state shows sometimes()[i]
//
// Optional, for searches with sleep sets (`has_sleep_sets`), which meet every state, but not by
// every way:
//   successors_awake(state, asleep, visit)
//                                as `successors`, but only the ways that must be taken when the
//                                actions in `asleep` need not; calls visit(const Action&,
//                                const State&, asleep_there). What the bits of such a set stand for
//                                is the model's business, as long as it is the same for the same
//                                state. What must hold for no state to be missed, and a model that
//                                does it: scenarios/explore/sleep_sets.h.
// Optional, where a state owns memory outside of itself, for the budget:
//   owned_bytes(state)           how much
// Optional, for storing whole states (`is_exact`):
//   encode(state, bytes)         appends what tells the state from every other; under symmetry, of
//                                its canonical state
// Optional, for the analyses of the state graph (graph.h):
//   is_decided(state)            whether what the protocol is for has happened
//   is_cut_off()                 whether some way on from the state whose successors were visited
//                                last lies beyond a bound; without it, none ever does
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>

namespace synod::explorer {

template <class M>
concept Model =
    std::copyable<M> && std::copyable<typename M::State> && std::copyable<typename M::Action> &&
    requires(M& model, const typename M::State& state, void (*visit)(const typename M::State&),
             void (*visit_next)(const typename M::Action&, const typename M::State&)) {
      model.initial_states(visit);
      model.successors(state, visit_next);
      { model.fingerprint(state) } -> std::same_as<std::uint64_t>;
      { model.invariants() } -> std::ranges::random_access_range;
      { model.violation(state) } -> std::same_as<std::optional<std::uint32_t>>;
      { model.sometimes() } -> std::ranges::random_access_range;
      { model.reached(state) } -> std::same_as<std::uint64_t>;
    };

/// It can leave out ways that lead to nothing new.
template <class M>
concept SleepingModel =
    Model<M> &&
    requires(M& model, const typename M::State& state, std::uint64_t asleep,
             void (*visit)(const typename M::Action&, const typename M::State&, std::uint64_t)) {
      model.successors_awake(state, asleep, visit);
    };

/// Its states own memory outside of themselves.
template <class M>
concept OwningModel = Model<M> && requires(const M& model, const typename M::State& state) {
  { model.owned_bytes(state) } -> std::same_as<std::uint64_t>;
};

template <Model M>
std::uint64_t owned_bytes(const M& model, const typename M::State& state) {
  if constexpr (OwningModel<M>) {
    return model.owned_bytes(state);
  } else {
    return 0;
  }
}

/// Its states can be stored whole.
template <class M>
concept ExactModel = Model<M> && requires(M& model, const typename M::State& state,
                                          std::string& bytes) { model.encode(state, bytes); };

/// Its states tell whether they have decided.
template <class M>
concept DecidingModel = Model<M> && requires(M& model, const typename M::State& state) {
  { model.is_decided(state) } -> std::same_as<bool>;
};

/// It knows where its bounds are.
template <class M>
concept BoundedModel = Model<M> && requires(const M& model) {
  { model.is_cut_off() } -> std::same_as<bool>;
};

}  // namespace synod::explorer
