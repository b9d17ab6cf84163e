#include "sim/world/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "core/text.h"
#include "sim/world/configuration.h"

namespace synod {
namespace {

constexpr std::uint32_t at_times = 2;  ///< an option is its default one time in so many

void draw(Draws& draws, const OptionText& text, std::uint32_t& number) {
  number = static_cast<std::uint32_t>(draws.within({{text.min}, {text.max}}).ticks);
}
void draw(Draws& draws, const OptionText& text, Duration& duration) {
  duration = draws.within({{text.min}, {text.max}});
}
void draw(Draws& draws, const OptionText& text, DurationRange& range) {
  draw(draws, text, range.min);
  draw(draws, text, range.max);
  range = {std::min(range.min, range.max), std::max(range.min, range.max)};
}
void draw(Draws& draws, const OptionText& /*text*/, Ratio& ratio) {
  constexpr std::uint32_t parts = 8;
  ratio = {draws.below(parts + 1), parts};
}
void draw(Draws& draws, const OptionText& /*text*/, NodeSet& nodes) {
  nodes = NodeSet(static_cast<std::uint16_t>(draws.below(1U << node_count_max)));
}

std::string within(const OptionText& text, std::uint64_t value) {
  return value >= text.min && value <= text.max
             ? std::string()
             : fmt::format("{} is {}: give {} to {}", text.name, value, text.min, text.max);
}
std::string complaint(const OptionText& text, std::uint32_t number) { return within(text, number); }
std::string complaint(const OptionText& text, Duration duration) {
  return within(text, duration.ticks);
}
std::string complaint(const OptionText& text, DurationRange range) {
  if (range.min > range.max) {
    return fmt::format("{} is {} to {}: give the smaller one first", text.name, range.min.ticks,
                       range.max.ticks);
  }
  const std::string of_min = within(text, range.min.ticks);
  return of_min.empty() ? within(text, range.max.ticks) : of_min;
}
std::string complaint(const OptionText& text, Ratio ratio) {
  return ratio.denominator != 0 && ratio.numerator <= ratio.denominator
             ? std::string()
             : fmt::format("{} is {}/{}: give a ratio from 0/1 to 1/1", text.name, ratio.numerator,
                           ratio.denominator);
}
/// Which nodes mean something is the protocol's.
std::string complaint(const OptionText& /*text*/, NodeSet /*nodes*/) { return {}; }

std::string text_of(std::uint32_t number) { return fmt::format("{}", number); }
std::string text_of(Duration duration) { return fmt::format("{}", duration.ticks); }
std::string text_of(DurationRange range) {
  return fmt::format("{}..{}", range.min.ticks, range.max.ticks);
}
std::string text_of(Ratio ratio) {
  return fmt::format("{}/{}", ratio.numerator, ratio.denominator);
}
std::string text_of(NodeSet nodes) { return to_text(nodes); }

/// Calls act(text, field, field of the other) for each; both are those of one protocol.
template <class Self>
void for_each_of_two(Self& options, const Options& other, auto&& act) {
  Options::for_each(options, [&]<class T>(const OptionText& text, T& field) {
    act(text, field, *other.find<std::remove_const_t<T>>(text.name));
  });
}

Options defaults_of(const Configuration& configuration) {
  const DeclaredOptions* const declared = configuration.options.declared();
  return declared == nullptr ? Options() : declared->for_nodes(configuration.node_count);
}

std::vector<Configuration> with_each(const Configuration& configuration,
                                     const std::vector<Options>& all) {
  std::vector<Configuration> result;
  for (const Options& options : all) {
    result.emplace_back(configuration).options = options;
  }
  return result;
}

}  // namespace

const OptionText* DeclaredOptions::find(std::string_view name) const {
  const auto found = std::ranges::find(texts_, name, &OptionText::name);
  return found == texts_.end() ? nullptr : &*found;
}

Options Options::as(const DeclaredOptions* declared, std::uint32_t node_count) const {
  if (declared == declared_) {
    return *this;
  }
  Options result = declared == nullptr ? Options() : declared->for_nodes(node_count);
  for_each(result, [&]<class T>(const OptionText& text, T& field) {
    const T* const held = find<T>(text.name);
    field = held == nullptr ? field : *held;
  });
  return result;
}

bool Options::operator==(const Options& other) const {
  bool is_equal = declared_ == other.declared_;
  if (is_equal) {
    for_each_of_two(*this, other, [&](const OptionText&, const auto& one, const auto& another) {
      is_equal = is_equal && one == another;
    });
  }
  return is_equal;
}

void hold_options(Configuration& configuration, const DeclaredOptions* declared) {
  configuration.options = configuration.options.as(declared, configuration.node_count);
}

void reset_options_that_follow_nodes(Configuration& configuration) {
  for_each_of_two(configuration.options, defaults_of(configuration),
                  [&](const OptionText& text, auto& field, const auto& default_value) {
                    field = text.follows_nodes ? default_value : field;
                  });
}

bool has_usual_options(const Configuration& configuration) {
  bool is_usual = true;
  for_each_of_two(configuration.options, defaults_of(configuration),
                  [&](const OptionText& text, const auto& field, const auto& default_value) {
                    is_usual = is_usual && (!text.follows_nodes || field == default_value);
                  });
  return is_usual;
}

std::string complaint_about_options(const Configuration& configuration) {
  std::string first;
  Options::for_each(configuration.options, [&](const OptionText& text, const auto& field) {
    first = first.empty() ? complaint(text, field) : first;
  });
  return first.empty() && configuration.options.declared() != nullptr
             ? configuration.options.declared()->complaint(configuration)
             : first;
}

std::string options_sentence(const Configuration& configuration) {
  const DeclaredOptions* const declared = configuration.options.declared();
  return declared == nullptr ? std::string() : declared->sentence(configuration);
}

std::string options_cluster_text(const Configuration& configuration) {
  const DeclaredOptions* const declared = configuration.options.declared();
  return declared == nullptr ? std::string() : declared->cluster_text(configuration);
}

std::vector<Configuration> with_a_node_less(const Configuration& configuration) {
  const DeclaredOptions* const declared = configuration.options.declared();
  std::vector<Configuration> result =
      declared == nullptr ? std::vector{configuration}
                          : with_each(configuration, declared->with_a_node_less(configuration));
  for (Configuration& fewer : result) {
    --fewer.node_count;
    fewer.faults.clear();  // which may name it
  }
  return result;
}

std::vector<Configuration> with_other_options(const Configuration& configuration) {
  const DeclaredOptions* const declared = configuration.options.declared();
  return declared == nullptr ? std::vector<Configuration>()
                             : with_each(configuration, declared->others(configuration));
}

void map_node_options(Configuration& configuration, const std::function<NodeSet(NodeSet)>& to) {
  Options::for_each(configuration.options, [&]<class T>(const OptionText& /*text*/, T& field) {
    if constexpr (std::is_same_v<T, NodeSet>) {
      field = to(field);
    }
  });
}

void draw_any_options(Configuration& configuration, const Luck& luck) {
  constexpr std::uint32_t tries = 16;
  const Options defaults = configuration.options;
  for (std::uint32_t i = 0; i < tries; ++i) {
    Draws draws(luck, Stream::options, i);
    Options::for_each(configuration.options, [&](const OptionText& text, auto& field) {
      if (draws.below(at_times) != 0) {
        draw(draws, text, field);
      }
    });
    if (complaint_about_options(configuration).empty()) {
      return;
    }
    configuration.options = defaults;
  }
}

std::string text_of_unusual_options(const Configuration& configuration) {
  std::string text;
  for_each_of_two(configuration.options, defaults_of(configuration),
                  [&](const OptionText& option, const auto& field, const auto& default_value) {
                    if (option.part == OptionPart::cluster && field != default_value) {
                      text += fmt::format("{}{} {}", text.empty() ? " with " : ", ", option.name,
                                          text_of(field));
                    }
                  });
  return text;
}

}  // namespace synod
