#include <fmt/format.h>

#include <deque>
#include <unordered_map>

#include "scenarios/explore/state_space.h"
#include "scenarios/format/trace.h"
#include "scenarios/words/input_error.h"
#include "tools/explore/explore.h"
#include "tools/support/print.h"

namespace synod {
namespace {

/// Of more, nobody sees anything in a drawing.
constexpr std::size_t states_drawn_max = 1000;

/// "deliver n1 n2 prepare", of what a step names as "kind" or under these names.
std::string label_of(const TraceStep& step) {
  std::string label = step.kind;
  const JsonFields fields = step.fields.unpacked();
  for (const char* name : {"client", "from", "node", "to", "operation", "timer"}) {
    if (const std::string* field = text_of(fields.json(), name)) {
      label += " " + *field;
    }
  }
  if (const auto* message = member_of(fields.json(), "message")) {
    const std::string* type = text_of(*message, "type");
    label += type == nullptr ? "" : " " + *type;
  }
  return label;
}

class Drawing {
 public:
  explicit Drawing(std::unique_ptr<StateSpace> space) : space_(std::move(space)) {
    ExploredState first;
    space_->initial(first);
    number_of(first);
    for (std::size_t number = 0; !open_.empty(); ++number) {
      const ExploredState state = std::move(open_.front());
      open_.pop_front();
      draw_ways(number, state);
    }
  }

  [[nodiscard]] std::string text() const {
    return "digraph states {\n  rankdir=TB;\n  node [shape=circle];\n" + nodes_ + edges_ + "}\n";
  }

 private:
  void draw_ways(std::size_t number, const ExploredState& state) {
    space_->expand(state, successors_);
    for (std::size_t i = 0; i < successors_.count; ++i) {
      const Successors::Way& way = successors_.ways[i];
      edges_ += fmt::format("  {} -> {} [label=\"{}\"];\n", number, number_of(way.state),
                            label_of(space_->step(state, way.step)));
    }
  }

  std::size_t number_of(const ExploredState& state) {
    const auto [place, is_new] = numbers_.try_emplace(state.fingerprint, numbers_.size());
    if (is_new) {
      if (numbers_.size() > states_drawn_max) {
        throw InputError(fmt::format(
            "explore: --dot: at most {} states can be drawn, and these bounds have more",
            grouped(states_drawn_max)));
      }
      draw(place->second, state);
      open_.push_back(state);
    }
    return place->second;
  }

  void draw(std::size_t number, const ExploredState& state) {
    if (state.violation >= 0) {
      nodes_ +=
          fmt::format("  {} [shape=doubleoctagon, color=red, label=\"{}\\n{}\"];\n", number, number,
                      space_->properties()[static_cast<std::size_t>(state.violation)].name);
    } else if (state.has_decided) {
      nodes_ += fmt::format("  {} [shape=doublecircle, color=darkgreen];\n", number);
    } else {
      nodes_ += fmt::format("  {};\n", number);
    }
  }

  std::unique_ptr<StateSpace> space_;
  std::unordered_map<std::uint64_t, std::size_t> numbers_;  ///< by fingerprint
  std::deque<ExploredState> open_;
  Successors successors_;
  std::string nodes_;
  std::string edges_;
};

}  // namespace

std::string explore_dot(const ExplorePlan& plan) {
  expect_explorable(plan);
  if (plan.search.has_sleep_sets) {
    throw InputError("explore: --sleep-sets does not go with --dot, which draws every step");
  }
  return Drawing(make_runner(plan.choices)->state_space(plan.configuration, plan.bounds)).text();
}

}  // namespace synod
