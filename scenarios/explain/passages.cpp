#include "scenarios/explain/passages.h"

#include <fmt/format.h>

#include <utility>

#include "scenarios/words/brief_log.h"

namespace synod {

std::vector<Passage> brief_passages(const Chronicle& chronicle) {
  std::vector<Repeatable> row;
  std::vector<std::size_t> heights;
  row.reserve(chronicle.steps.size());
  heights.reserve(chronicle.steps.size());
  ShortKeys shapes;
  ShortKeys kinds;
  for (const Chronicle::Step& step : chronicle.steps) {
    Repeatable one = {repeat_shape(step.text), repeat_kind(step.text), !step.news->empty()};
    for (const auto* lines : {&*step.logged, &step.consequences}) {
      for (const std::string& line : *lines) {
        one.shape += "\n" + repeat_shape(line);
        one.kind += "\n" + repeat_kind(line);
      }
    }
    one.shape = shapes(std::move(one.shape));
    one.kind = kinds(std::move(one.kind));
    one.must_be_told =
        one.must_be_told || (chronicle.finding && chronicle.finding->step == row.size());
    row.push_back(std::move(one));
    heights.push_back(1 + step.logged->size() + step.consequences.size() +
                      (step.news->empty() ? 0 : 1));
  }
  return passages_of(row, story_lines_max, [&](const Passage& passage) {
    return passage.how == Passage::How::in_full ? heights[passage.first] : 1;
  });
}

std::string passage_text(const Chronicle& chronicle, const Passage& passage) {
  const std::uint64_t until = chronicle.steps[passage.end() - 1].at.ticks;
  if (passage.how == Passage::How::as_repeats) {
    return fmt::format("until {}, {}", until, repeats_text(passage));
  }
  std::vector<std::string> kinds;
  for (std::size_t i = passage.first; i < passage.end(); ++i) {
    kinds.push_back(repeat_kind(chronicle.steps[i].text));
  }
  return fmt::format("until {}, {}", until, sum_text(passage, kinds));
}

}  // namespace synod
