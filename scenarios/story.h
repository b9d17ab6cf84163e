// A run told step by step, as it happens: each step on a line, what came of it below.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "core/text.h"
#include "scenarios/runner.h"
#include "scenarios/step_text.h"
#include "sim/observation.h"
#include "sim/world.h"

namespace synod {

template <Protocol P>
class Story {
 public:
  /// Says nothing when `log` is null.
  explicit Story(const Log* log) : log_(log) {}

  void on(const World<P>& /*world*/, const Stored<P>& stored) {
    if (log_ != nullptr) {
      consequences_.push_back(
          fmt::format("on {}'s disk: {}", stored.node, difference(stored.before, stored.after)));
    }
  }
  void on(const World<P>& /*world*/, const Learned& learned) {
    add([&] { return fmt::format("{} learns {}", learned.node, learned.value); });
  }
  void on(const World<P>& /*world*/, const Crashed& crashed) {
    add([&] {
      return fmt::format("{} is down{}{}", crashed.node,
                         crashed.is_mid_effects ? ", in the middle of what it was doing" : "",
                         crashed.writes_lost > 0
                             ? fmt::format(", {} unfinished write{} lost", crashed.writes_lost,
                                           crashed.writes_lost == 1 ? "" : "s")
                             : std::string());
    });
  }
  void on(const World<P>& /*world*/, const Returned& returned) {
    add([&] {
      return fmt::format(
          "{} has its answer: {}{}", returned.request.id.client, to_text(returned.answer.outcome),
          returned.answer.value.is_none() ? std::string() : " " + to_text(returned.answer.value));
    });
  }
  void on(const World<P>& /*world*/, const Applied<P>& applied) {
    if (log_ != nullptr) {
      (*log_)(fmt::format("{:>7}  {}", applied.step.at.ticks, to_text<P>(applied.step.action)));
      for (const std::string& consequence : consequences_) {
        (*log_)(fmt::format("{:>7}    {}", "", consequence));
      }
      consequences_.clear();
    }
  }

  /// Something that is true of the whole system now.
  void tell_news(const std::string& news) const {
    if (log_ != nullptr && !news.empty()) {
      (*log_)(fmt::format("{:>7}  * {}", "", news));
    }
  }
  void tell_skipped(Time at, std::string_view kind) const {
    if (log_ != nullptr) {
      (*log_)(fmt::format("{:>7}  (a step \"{}\" does not apply)", at.ticks, kind));
    }
  }

 private:
  template <class Text>
  void add(Text text) {
    if (log_ != nullptr) {
      consequences_.push_back(text());
    }
  }

  static std::string difference(const typename P::Durable& before,
                                const typename P::Durable& after) {
    std::vector<std::string> old_fields;
    P::Durable::fields(
        before, [&](std::string_view, const auto& field) { old_fields.push_back(to_text(field)); });
    std::string text;
    std::size_t i = 0;
    P::Durable::fields(after, [&](std::string_view name, const auto& field) {
      const std::string now = to_text(field);
      if (now != old_fields[i++]) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, now);
      }
    });
    return text.empty() ? "nothing new" : text;
  }

  const Log* log_;
  std::vector<std::string> consequences_;  ///< of the step that is being applied
};

}  // namespace synod
