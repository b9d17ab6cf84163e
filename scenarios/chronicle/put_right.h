// Several rules are planted, and a run goes wrong: which of them is to blame? The one with which,
// put right alone, the same steps violate nothing. `Setup` as in protocol_runner.h.
#pragma once

#include <optional>
#include <vector>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/chronicle/replaced_rules.h"
#include "scenarios/play/loose_replay.h"
#include "scenarios/play/script.h"
#include "scenarios/play/step_meter.h"

namespace synod {

template <class Setup>
class RuleTrials {
 public:
  using P = typename Setup::Protocol;
  using Config = typename P::Config;

  RuleTrials(const Setup& setup, const Configuration& configuration)
      : setup_(setup), compared_(setup.make_config(configuration)) {}

  /// What to compare the nodes with, once each has been tried: the correct configuration, or, where
  /// one rule is to blame, the planted one with that put right.
  [[nodiscard]] const Config& compared() const { return compared_; }

  /// Plays the steps once for each thing that is planted, if it is several. As a Chronicle has it;
  /// empty, too, where the steps violate nothing.
  std::vector<Chronicle::PutRight> try_each(const Script<P>& script) {
    Config planted = compared_;
    setup_.planted.plant(planted);
    const std::vector<Replaced<Config>> replaced = replaced_in(planted, compared_);
    if (replaced.size() < 2 || !is_violated(setup_, script)) {
      return {};
    }
    std::vector<Chronicle::PutRight> tried;
    std::optional<Config> culprit;
    std::size_t holding = 0;
    for (const Replaced<Config>& one : replaced) {
      Setup mended = setup_;
      mended.planted.mend(one.put_right);
      tried.push_back({one.rule, !is_violated(mended, script)});
      if (tried.back().holds && ++holding == 1) {
        culprit = planted;
        one.put_right(*culprit);
      }
    }
    if (holding == 1) {
      compared_ = *culprit;
    }
    return tried;
  }

 private:
  static bool is_violated(const Setup& setup, const Script<P>& script) {
    StepMeter meter;
    // What another answer changes in a message must not be why the message is not found.
    return LooseReplay<Setup>(setup, meter).play(script, {.is_loose = true});
  }

  const Setup& setup_;
  Config compared_;
};

}  // namespace synod
