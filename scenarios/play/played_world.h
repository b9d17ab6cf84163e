// What a run is played on: a world, and who watches it. `Setup` as in protocol_runner.h.
#pragma once

#include <string>

#include "properties/finding.h"
#include "scenarios/play/judgement.h"
#include "scenarios/play/watch.h"
#include "sim/world/configuration.h"
#include "sim/world/declared_options.h"
#include "sim/world/world.h"

namespace synod {

template <class Setup>
struct PlayedWorld {
  using P = typename Setup::Protocol;

  Configuration configuration;
  typename P::Config config;
  World<P> world;
  Watch<P, typename Setup::Witness> watch;

  /// For another run; its nodes are not started yet.
  void begin(const Setup& setup, const Configuration& chosen) {
    configuration = chosen;
    hold_options(configuration, options_declared_by<Setup>());
    config = setup.make_config(configuration);
    setup.start(watch.witness, config, configuration);
    setup.planted.plant(config);
    watch.learned_by.start();
    watch.hash.start();
  }

  [[nodiscard]] bool has_violation() const { return watch.witness.findings().has_any(); }
  /// Nothing that comes after counts.
  [[nodiscard]] bool is_over() const { return watch.witness.findings().is_over(); }
  /// As the witness has worded it.
  [[nodiscard]] const Finding& finding() const { return watch.witness.findings().first(); }
};

}  // namespace synod
