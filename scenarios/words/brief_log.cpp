#include "scenarios/words/brief_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "scenarios/words/wrapped.h"

namespace synod {
namespace {

constexpr std::size_t time_width = 7;
constexpr std::size_t text_begin = time_width + 2;

constexpr std::string_view glued = "\x01×\x01";  // what no line is broken at

std::string with_all(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t place = 0; (place = text.find(what, place)) != std::string::npos;
       place += by.size()) {
    text.replace(place, what.size(), by);
  }
  return text;
}

/// A step, with what came of it.
struct Logged {
  std::string time;  ///< empty: about the steps that come next
  std::vector<std::string> lines;
};

/// Where a line has its time; none where it is told below a step.
bool has_time(std::string_view line) {
  return line.size() > time_width && line[time_width - 1] != ' ';
}
bool is_news(std::string_view line) {
  return line.size() > text_begin && !has_time(line) && line[text_begin] == '*';
}
bool is_below(std::string_view line) {
  return !has_time(line) && (is_news(line) || line.substr(0, text_begin + 1).ends_with("   "));
}

/// Behind the margin and the time.
std::string_view text_of(std::string_view line) {
  const std::size_t begin =
      has_time(line) ? line.find("  ", line.find_first_not_of(' ')) : text_begin - 2;
  return line.substr(std::min(begin + 2, line.size()));
}

std::string time_of(std::string_view line) {
  if (!has_time(line)) {
    return {};
  }
  line.remove_prefix(line.find_first_not_of(' '));
  return std::string(line.substr(0, line.find(' ')));
}

class BriefLog {
 public:
  BriefLog(const std::vector<std::string>& log, std::size_t margin) : margin_(margin) {
    for (const std::string& line : log) {
      add(line);
    }
    std::transform(
        steps_.begin(), steps_.end(), std::back_inserter(kinds_),
        [&](const Logged& step) { return repeat_kind(text_of(shown(step.lines.front()))); });
  }

  std::vector<std::string> told(std::size_t lines_max) const {
    std::vector<std::string> lines;
    const auto height = [&](const Passage& passage) { return told(passage).size(); };
    for (const Passage& passage : passages_of(row_, lines_max, height)) {
      for (std::string& line : told(passage)) {
        lines.push_back(std::move(line));
      }
    }
    return lines;
  }

 private:
  [[nodiscard]] std::string_view shown(std::string_view line) const {
    return line.substr(std::min(margin_, line.size()));
  }

  void add(const std::string& line) {
    const std::string_view text = shown(line);
    if (steps_.empty() || !is_below(text)) {
      steps_.push_back({time_of(text), {}});
      row_.push_back({{}, {}, !has_time(text)});
    }
    steps_.back().lines.push_back(line);
    Repeatable& step = row_.back();
    step.shape += repeat_shape(text_of(text)) + "\n";
    step.kind += repeat_kind(text_of(text)) + "\n";
    step.must_be_told = step.must_be_told || is_news(text);
  }

  /// What the code under test prints in one step has no bound.
  static std::vector<std::string> with_bounded_end(const std::vector<std::string>& lines) {
    constexpr std::size_t lines_max = 12;
    if (lines.size() <= lines_max) {
      return lines;
    }
    std::vector<std::string> result(lines.begin(), lines.begin() + lines_max - 1);
    result.push_back(fmt::format("{:>{}}… {} lines more", "", lines.back().find_first_not_of(' '),
                                 lines.size() - result.size()));
    return result;
  }

  [[nodiscard]] std::vector<std::string> told(const Passage& passage) const {
    if (passage.how == Passage::How::in_full) {
      return with_bounded_end(steps_[passage.first].lines);
    }
    const std::string& until = steps_[passage.end() - 1].time;
    const std::string text = passage.how == Passage::How::as_repeats
                                 ? repeats_text(passage)
                                 : sum_text(passage, kinds_of(passage));
    const std::string when = until.empty() ? std::string() : fmt::format("until {}, ", until);
    const std::string begin = std::string(margin_ + text_begin, ' ') + "… ";
    return lines_of(with_all(wrapped(begin, with_all(when + text, " × ", glued)), glued, " × "));
  }

  [[nodiscard]] std::vector<std::string> kinds_of(const Passage& passage) const {
    const auto first = kinds_.begin() + static_cast<std::ptrdiff_t>(passage.first);
    return {first, first + static_cast<std::ptrdiff_t>(passage.count)};
  }

  std::size_t margin_;
  std::vector<Logged> steps_;
  std::vector<Repeatable> row_;     ///< a step each
  std::vector<std::string> kinds_;  ///< of the steps, without what came of them
};

}  // namespace

std::string repeats_text(const Passage& passage) {
  const std::size_t times = passage.count / passage.period;
  const std::size_t rest = passage.count % passage.period;
  if (passage.period == 1) {
    return fmt::format("such a step {} times more", times);
  }
  const std::string begun = rest == 0   ? ""
                            : rest == 1 ? ", and the first of them again"
                                        : fmt::format(", and the first {} of them again", rest);
  return fmt::format("{} such steps {} more{}", passage.period,
                     times == 1 ? "once" : fmt::format("{} times", times), begun);
}

std::string sum_text(const Passage& passage, const std::vector<std::string>& kinds) {
  const bool is_known = passage.how == Passage::How::in_sum;
  constexpr std::size_t width_of_known = 120;
  constexpr std::size_t width_of_others = 700;
  return fmt::format("{} steps more{}: {}", passage.count, is_known ? " like those before" : "",
                     sum_text(kinds, is_known ? width_of_known : width_of_others));
}

std::vector<std::string> told_briefly(const std::vector<std::string>& log, std::size_t margin,
                                      std::size_t lines_max) {
  return log.empty() ? log : BriefLog(log, margin).told(lines_max);
}

}  // namespace synod
