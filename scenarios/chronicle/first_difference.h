// Would the correct protocol's node have done the same? Two configurations, the same node, the same
// input: what differs is the planted bug at work, and nothing else can be.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/effects.h"
#include "core/text.h"
#include "scenarios/chronicle/chronicle.h"
#include "scenarios/chronicle/heard_rules.h"
#include "scenarios/chronicle/rule_texts.h"
#include "scenarios/words/field_texts.h"
#include "scenarios/words/step_text.h"
#include "sim/clock.h"
#include "sim/protocol.h"

namespace synod {

namespace detail {

/// What the configuration itself says to explain another answer of a rule.
template <class Config>
std::vector<std::string> other_settings(const Config& config, const Config& correct) {
  if constexpr (requires { config.unlike(correct); }) {
    return config.unlike(correct);
  } else {
    return {};
  }
}
/// "back_off_min is 0 instead of 10"
template <class Config>
std::vector<std::string> other_timing(const Config& config, const Config& correct) {
  std::vector<std::string> settings;
  if constexpr (requires { field_texts(config.timing); }) {
    for_each_change(field_texts(correct.timing), field_texts(config.timing),
                    [&](const std::string& name, const std::string& due, const std::string& did) {
                      settings.push_back(fmt::format("{} is {} instead of {}", name, did, due));
                    });
  }
  return settings;
}

}  // namespace detail

template <Protocol P>
class DifferenceFinder {
 public:
  using Node = typename P::Node;
  using Config = typename P::Config;
  using Output = EffectsOf<P>;

  /// Both must outlive it. `correct` is null when nothing is planted.
  DifferenceFinder(const Config& config, const Config* correct)
      : config_(config), correct_(correct) {}

  /// `take(config, node, out)` gives the node its input, when its clock shows `now`. `written` is
  /// what the node has written last, or is about to have.
  template <class Take>
  [[nodiscard]] Chronicle::FirstDifference find(const Node& before,
                                                const typename P::Durable& written, LocalTime now,
                                                Take take) const {
    if (correct_ == nullptr) {
      return {};
    }
    const auto take_input = at(now, take);
    const Both both(before, config_, *correct_, take_input);
    Chronicle::FirstDifference difference =
        unlike(phrases(both.actual_out, written), phrases(both.right_out, written));
    if (!difference.has_any() && !(both.actual == both.right)) {
      for_each_change(field_texts(both.right), field_texts(both.actual),
                      [&](const std::string& name, const std::string& due, const std::string& did) {
                        difference.did.push_back(remembers(name, did));
                        difference.due.push_back(remembers(name, due));
                      });
    }
    if (difference.has_any()) {
      explain(difference, before, take_input);
    }
    return difference;
  }

  /// The same for who asks often: what a difference would be counted by (`blamed`), where there is
  /// one.
  template <class Take>
  [[nodiscard]] std::optional<std::string> find_blamed(const Node& before, LocalTime now,
                                                       std::string_view input, Take take) const {
    const auto take_input = at(now, take);
    const Both both(before, config_, *correct_, take_input);
    if (both.actual == both.right && both.actual_out.does_same(both.right_out)) {
      return std::nullopt;
    }
    Chronicle::FirstDifference difference;
    explain(difference, before, take_input);
    return difference.blamed(input);
  }

 private:
  using Phrases = std::vector<std::string>;

  /// What came of one input, with the planted bugs and without.
  struct Both {
    template <class TakeInput>
    Both(const Node& before, const Config& config, const Config& correct, TakeInput take_input)
        : actual(before), right(before) {
      take_input(config, actual, actual_out);
      take_input(correct, right, right_out);
    }
    Node actual;
    Node right;
    Output actual_out;
    Output right_out;
  };

  template <class Take>
  static auto at(LocalTime now, Take& take) {
    return [now, &take](const Config& config, Node& node, Output& out) {
      out.set_now(now.ticks);
      take(config, node, out);
    };
  }

  template <class TakeInput>
  void explain(Chronicle::FirstDifference& difference, const Node& before,
               TakeInput take_input) const {
    difference.answer = first_other_answer(
        heard(config_, [&](const Config& config) { take_again(config, before, take_input); }),
        heard(*correct_, [&](const Config& config) { take_again(config, before, take_input); }));
    difference.settings = difference.answer ? detail::other_settings(config_, *correct_)
                                            : detail::other_timing(config_, *correct_);
  }

  template <class TakeInput>
  static void take_again(const Config& config, Node node, TakeInput take_input) {
    Output out;
    take_input(config, node, out);
  }

  static std::string remembers(const std::string& name, const std::string& value) {
    return value.empty() ? fmt::format("remember no {}", name)
                         : fmt::format("remember {} {}", name, value);
  }

  /// What each has and the other has not.
  static Chronicle::FirstDifference unlike(const Phrases& did, const Phrases& due) {
    const auto without = [](const Phrases& some, const Phrases& others) {
      Phrases rest;
      std::copy_if(some.begin(), some.end(), std::back_inserter(rest), [&](const std::string& one) {
        return std::find(others.begin(), others.end(), one) == others.end();
      });
      return rest;
    };
    return {without(did, due), without(due, did), std::nullopt, {}};
  }

  static Phrases phrases(const Output& out, const typename P::Durable& written) {
    Writer writer{written, {}, {}};
    for (const auto& effect : out) {
      std::visit(writer, effect);
    }
    return std::move(writer.phrases);
  }

  struct Writer {
    typename P::Durable written;
    Phrases phrases;
    std::string message;  ///< that the latest phrase says is sent

    /// The same to several is one phrase.
    void send(NodeId to, const typename P::Message& content, bool is_early = false) {
      const std::string text = message_text(content) + (is_early ? " at once" : "");
      if (text == message) {
        phrases.back() += fmt::format(", {}", to);
      } else {
        add(fmt::format("send {} to {}", text, to));
        message = text;
      }
    }
    void add(std::string phrase) {
      phrases.push_back(std::move(phrase));
      message.clear();
    }
    /// That it does not wait for the disk is said where others of its type do.
    void operator()(const typename Output::Send& one) {
      send(one.to, one.message,
           std::visit([]<class M>(const M&) { return relies_on_disk<M>; }, one.message));
    }
    void operator()(const typename Output::SendOnceDurable& one) { send(one.to, one.message); }
    void operator()(const typename Output::Persist& persist) {
      const typename P::Durable before = written;
      store_write<P>(written, persist.state);
      add("write " + difference_text(before, written));
    }
    void operator()(const typename Output::SetTimer& set) {
      add(set.earliest == set.latest
              ? fmt::format("set the timer {} to {}", P::timer_name(set.timer), set.earliest)
              : fmt::format("set the timer {} to {} to {}", P::timer_name(set.timer), set.earliest,
                            set.latest));
    }
    void operator()(const typename Output::CancelTimer& cancel) {
      add(fmt::format("cancel the timer {}", P::timer_name(cancel.timer)));
    }
    void operator()(const typename Output::Draw& draw) {
      add(fmt::format("ask for a number below {}", draw.count));
    }
    void operator()(const typename Output::Reply& reply) {
      add(fmt::format("tell {}: {}", reply.answer.id.client, content_text(reply.answer.result)));
    }
    void operator()(const typename Output::Learn& learn) {
      add(fmt::format("learn {}", content_text(learn.value)));
    }
    void operator()(const typename Output::Apply& apply) {
      add(fmt::format("apply {}", content_text(apply.entry)));
    }
    void operator()(const typename Output::Broken& broken) {
      add(fmt::format("break its assertion \"{}\"", broken.invariant));
    }
  };

  const Config& config_;
  const Config* correct_;
};

}  // namespace synod
