// A run told step by step, as it happens: each step on a line, what came of it below. What came of
// the steps can also be kept, as the observations of a trace.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text.h"
#include "properties/finding.h"
#include "scenarios/play/guest_log.h"
#include "scenarios/play/reports.h"
#include "scenarios/words/field_texts.h"
#include "scenarios/words/step_text.h"
#include "sim/world/observation.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P>
class StepLog {
 public:
  /// Says nothing when `log` is null, keeps nothing when `kept` is: one list a step, those that are
  /// skipped among them.
  /// What `printed` catches of a step is told below it; null: nothing.
  explicit StepLog(const Log* log, std::vector<std::vector<std::string>>* kept = nullptr,
                   OutputCapture* printed = nullptr)
      : log_(log), kept_(kept), printed_(printed) {}

  /// Every node has started. What they said stands before the first step.
  void start(const World<P>& /*world*/) {
    add_printed();
    tell_below(said_);
    said_.clear();
  }

  void on(const World<P>& /*world*/, const Stored<P>& stored) {
    add([&] {
      return fmt::format("on {}'s disk: {}", stored.node,
                         difference_text(stored.before, stored.after));
    });
  }
  void on(const World<P>& /*world*/, const WritesFailed<P>& failed) {
    add([&] {
      return fmt::format("not on {}'s disk: {}", failed.node,
                         difference_text(failed.disk, failed.missed));
    });
  }
  void on(const World<P>& /*world*/, const Learned<P>& learned) {
    add([&] { return fmt::format("{} learns {}", learned.node, content_text(learned.value)); });
  }
  void on(const World<P>& /*world*/, const EntryApplied<P>& applied) {
    add([&] { return fmt::format("{} applies {}", applied.node, content_text(applied.entry)); });
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
  void on(const World<P>& /*world*/, const Returned<P>& returned) {
    add([&] {
      return fmt::format("{} {}", returned.request.id.client,
                         returned_text<P>(returned.result, returned.standing));
    });
  }
  void on(const World<P>& /*world*/, const Logged& logged) {
    if (log_ != nullptr || kept_ != nullptr) {
      add_guest_lines(said_, logged_by(logged.node), logged.line);
    }
  }
  void on(const World<P>& /*world*/, const Applied<P>& applied) {
    add_printed();
    if (log_ != nullptr) {
      (*log_)(fmt::format("{:>7}  {}", applied.step.at.ticks, to_text<P>(applied.step.action)));
      tell_below(said_);
      tell_below(consequences_);
    }
    if (kept_ != nullptr) {
      kept_->push_back(std::move(said_));
      kept_->back().insert(kept_->back().end(), consequences_.begin(), consequences_.end());
    }
    said_.clear();
    consequences_.clear();
  }

  /// Something that is true of the whole system since the step just told.
  void tell_news(const std::string& news) const {
    if (news.empty()) {
      return;
    }
    if (log_ != nullptr) {
      (*log_)(fmt::format("{:>7}  * {}", "", news));
    }
    if (kept_ != nullptr) {
      kept_->back().push_back("* " + news);
    }
  }
  /// Something about what comes after it.
  void tell_aside(const std::string& text) const {
    if (log_ != nullptr) {
      (*log_)(fmt::format("{:>7}  {}", "", text));
    }
  }
  void tell_finding(const Finding& finding, bool is_last) const {
    if (!is_last) {  // else the verdict follows
      tell_news(fmt::format("{} is violated", finding.property));
    }
  }
  void tell_skipped(std::size_t /*trace_index*/, Time at, std::string_view kind) const {
    if (log_ != nullptr) {
      (*log_)(fmt::format("{:>7}  (a step \"{}\" does not apply)", at.ticks, kind));
    }
    if (kept_ != nullptr) {
      kept_->emplace_back();
    }
  }

 private:
  void add_printed() {
    if (printed_ != nullptr) {
      add_guest_lines(said_, printed_prefix, printed_->end());
    }
  }
  void tell_below(const std::vector<std::string>& lines) const {
    for (std::size_t i = 0; log_ != nullptr && i < lines.size(); ++i) {
      (*log_)(fmt::format("{:>7}    {}", "", lines[i]));
    }
  }
  template <class Text>
  void add(Text text) {
    if (log_ != nullptr || kept_ != nullptr) {
      consequences_.push_back(text());
    }
  }

  const Log* log_;
  std::vector<std::vector<std::string>>* kept_;
  OutputCapture* printed_;
  // Of the step that is being applied:
  std::vector<std::string> said_;  ///< by the code under test
  std::vector<std::string> consequences_;
};

}  // namespace synod
