// How long things may take in a world that settles. It follows from the configuration: from how
// long messages and writes take, how true the clocks are, how patient the clients. So nothing is
// demanded sooner than a correct protocol can bring it about, whatever the configuration.
#pragma once

#include "core/duration.h"
#include "sim/world/configuration.h"

namespace synod {

/// A duration of `true_ticks`, as the fastest clock that the configuration allows may show it. Who
/// waits twice over does so for clocks of up to twice the true rate; this is for faster ones.
Duration on_fastest_clock(const Configuration& configuration, Duration true_ticks);

/// What a message there, one back, and two writes usually take, as the fastest clock may show it:
/// an attempt that ends sooner would end in vain, time after time.
Duration usual_phase(const Configuration& configuration);

/// How long a client waits before it asks another node: as the configuration says, but at least
/// until an answer can have come, and not so long that all have to wait for it.
DurationRange patience_when_settling(const Configuration& configuration);

/// Within which a healed world decides. Rivals that back off at random settle within a few ballots;
/// this is two hundred.
Duration progress_needed(const Configuration& configuration);

/// Within which it must: what the configuration says, or else what is needed.
Duration progress_given(const Configuration& configuration);

/// Does the configuration itself say less than what is needed? Then progress cannot be demanded.
bool has_too_little_time(const Configuration& configuration);

}  // namespace synod
