// The nemesis: what goes wrong again and again, when, and for how long. It also repairs everything
// when the world is to be healed.
//
// Of each fault, this is the `Trouble` in its file (sim/faults/trouble.h). What befalls single
// messages and writes is not here: the schedule draws that where it plans them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/ids.h"
#include "sim/faults/faults.h"
#include "sim/schedule/plan.h"
#include "sim/world/observation.h"
#include "sim/world/reach.h"
#include "sim/world/world.h"

namespace synod {

namespace detail {

/// They start in this order: of two that come at the same time, the first was planned first. What
/// has no place here yet comes after them.
using PlacedTroubles =
    std::tuple<faults::Crash, faults::Cut, faults::Pause, faults::Skew, faults::Hold>;

template <class P, class... Fs>
auto troubles_of(std::type_identity<std::tuple<Fs...>> /*faults*/) {
  const auto one = []<class F>(std::type_identity<F>) {
    if constexpr (requires { typename F::template Trouble<P>; }) {
      return std::tuple<typename F::template Trouble<P>>();
    } else {
      return std::tuple<>();
    }
  };
  return std::tuple_cat(one(std::type_identity<Fs>{})...);
}
template <class P>
using Troubles =
    decltype(troubles_of<P>(std::type_identity<WithTheOthers<PlacedTroubles, Faults>>{}));

}  // namespace detail

template <Protocol P>
class Nemesis {
 public:
  /// Plans the first trouble of each kind, and what has a time of its own.
  void start(Plan<P>& plan) {
    start_troubles(plan);
    plan_timed(plan, 0);
  }

  /// The same in a world where something is broken already: how long that stays so is drawn as if
  /// it had just happened, unless the file says it.
  void take_over(Plan<P>& plan, const World<P>& world) {
    start_troubles(plan);
    const std::vector<TimedFault>& timed = plan.configuration.faults;
    std::size_t next = 0;
    for (; next < timed.size() && timed[next].at < world.now; ++next) {
      note(timed[next]);
    }
    plan_timed(plan, next);
    for (const NodeId node : world.node_ids()) {
      for_each([&](auto& trouble) {
        if constexpr (requires { trouble.take_over(plan, world, node); }) {
          trouble.take_over(plan, world, node);
        }
      });
    }
    for_each([&](auto& trouble) {
      if constexpr (requires { trouble.take_over(plan, world); }) {
        trouble.take_over(plan, world);
      }
    });
  }

  /// Does what an event of its own asks for. Once the world is settling, nothing new goes wrong.
  void act(Plan<P>& plan, const World<P>& world, const Event& event) {
    std::uint8_t place = 0;
    for_each([&](auto& trouble) {
      if (place++ != event.part) {
        return;
      }
      if (event.kind == EventKind::undo) {
        if constexpr (requires { trouble.undo(plan, world, event); }) {
          trouble.undo(plan, world, event);
        }
      } else if (!plan.is_settling()) {
        if constexpr (requires { trouble.draw(plan, world); }) {
          trouble.draw(plan, world);
        }
      }
    });
  }

  /// The time of one of the timed faults has come.
  void come(Plan<P>& plan, const World<P>& world, std::size_t index) {
    --plan.timed_to_come;
    const TimedFault& fault = plan.configuration.faults[index];
    note(fault);
    std::visit(
        [&](const auto& action) {
          for_each([&](auto& trouble) {
            if constexpr (requires { trouble.come(plan, world, action); }) {
              trouble.come(plan, world, action);
            }
          });
        },
        fault.action);
  }

  /// Heals every link, resumes every node, and restarts every node unless who is down is to stay
  /// so. What starts last is repaired first: a node goes on before it crashes, where that is due.
  void repair(Plan<P>& plan, const World<P>& world) {
    for_each_backwards([&](auto& trouble) {
      if constexpr (requires { trouble.repair(plan, world); }) {
        trouble.repair(plan, world);
      }
    });
    for (const NodeId node : world.node_ids()) {
      for_each_backwards([&](auto& trouble) {
        if constexpr (requires { trouble.repair(plan, world, node); }) {
          trouble.repair(plan, world, node);
        }
      });
    }
  }

  template <class Happened>
  void on(Plan<P>& plan, const World<P>& world, const Happened& happened) {
    for_each([&](auto& trouble) {
      if constexpr (requires { trouble.on(plan, world, happened); }) {
        trouble.on(plan, world, happened);
      }
    });
  }

  /// What of the links stays cut though the world is to settle, and who must decide all the same.
  NodeSet keep_some_cuts(Plan<P>& plan, const World<P>& world, const AmidCuts& promised) {
    const NodeSet all = world.node_ids();  // everybody comes back
    const auto who_must = [&](const Cuts& cuts) {
      return who_must_decide(plan.configuration, promised, cuts, all);
    };
    return std::get<faults::Cut::Trouble<P>>(troubles_).keep_some(plan, world, who_must);
  }

  /// That of one fault.
  template <class F>
  [[nodiscard]] const auto& of() const {
    return std::get<typename F::template Trouble<P>>(troubles_);
  }

 private:
  void start_troubles(Plan<P>& plan) {
    std::uint8_t place = 0;
    for_each([&](auto& trouble) {
      trouble.begin(place++);
      if constexpr (requires { trouble.start(plan); }) {
        trouble.start(plan);
      }
    });
  }

  /// Those from this one on.
  static void plan_timed(Plan<P>& plan, std::size_t first) {
    const std::vector<TimedFault>& timed = plan.configuration.faults;
    for (std::size_t i = first; i < timed.size(); ++i) {
      const Event event{.kind = EventKind::timed, .number = static_cast<std::uint32_t>(i)};
      plan.queue.push(timed[i].at, event);
      ++plan.timed_to_come;
      if (timed[i].until() > timed[i].at) {  // the world is not healed before
        plan.queue.push(timed[i].until(), event);
        ++plan.timed_to_come;
      }
    }
  }
  void note(const TimedFault& fault) {
    std::visit(
        [&](const auto& action) {
          for_each([&](auto& trouble) {
            if constexpr (requires { trouble.note(action); }) {
              trouble.note(action);
            }
          });
        },
        fault.action);
  }

  template <class Visit>
  void for_each(Visit visit) {
    std::apply([&](auto&... trouble) { (visit(trouble), ...); }, troubles_);
  }
  template <class Visit>
  void for_each_backwards(Visit visit) {
    constexpr std::size_t count = std::tuple_size_v<detail::Troubles<P>>;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (visit(std::get<count - 1 - I>(troubles_)), ...);
    }(std::make_index_sequence<count>{});
  }

  detail::Troubles<P> troubles_;
};

}  // namespace synod
