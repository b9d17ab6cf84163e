// The states that a protocol's world can be in, within bounds, for an exhaustive search: the same
// engine, protocol and properties as in a run, whatever the protocol.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/named_text.h"
#include "properties/finding.h"
#include "scenarios/explore/bounds.h"
#include "scenarios/explore/sleep_sets.h"
#include "scenarios/format/demand.h"

namespace synod {

struct Trace;
struct TraceStep;

/// A world with what its witness remembers and what of the bounds is spent: all that its future and
/// the verdicts on it depend on, and nothing else. Equal situations have equal bytes.
struct ExploredState {
  std::string bytes;
  std::uint64_t fingerprint = 0;  ///< under symmetry, that of all states of one orbit
  /// The first property that the step to this state has broken, by its index; none when negative.
  std::int8_t violation = -1;
  std::uint8_t sometimes = 0;  ///< bit i: the i-th of `StateSpace::sometimes` has come about
  /// Something was decided, and whoever must hear of it has: that for which the protocol is there.
  bool has_decided = false;
};

/// The ways on from one state. Keeps its memory.
struct Successors {
  struct Way {
    std::uint16_t step = 0;              ///< which of the state's steps; what a path is made of
    std::optional<NodeId> begins_round;  ///< who does, when a timer fires
    bool is_accident = false;            ///< something goes wrong: nobody decides because of it
    SleepSet asleep = 0;                 ///< in the state to which it leads
    ExploredState state;
  };
  std::vector<Way> ways;  ///< only the first `count` mean something
  std::size_t count = 0;
  /// Some step exists that a bound on rounds or time-outs forbids: not the protocol ends here.
  bool is_bounded = false;

  Way& add() {
    if (count == ways.size()) {
      ways.emplace_back();
    }
    return ways[count++];
  }
  void clear() {
    count = 0;
    is_bounded = false;
  }
};

/// What becomes of a state when nothing goes wrong any more, and no bound is in the way: in the
/// continuation of scenarios/play/continuation.h.
struct Outlook {
  enum class Kind : std::uint8_t {
    decides,   ///< whoever waits is told
    idle,      ///< nobody waits: the client was told that it is not known, or has not asked
    hopeless,  ///< too few are up for a decision to be demanded
    stuck,     ///< somebody waits for ever, or a property is broken
  };
  Kind kind = Kind::decides;
  Demand demand;              ///< with `stuck`: the one that is not met
  bool is_violation = false;  ///< with `stuck`: by the properties that are judged
};

/// Holds scratch space: not for several threads at once, one each.
class StateSpace {
 public:
  virtual ~StateSpace() = default;
  /// One that answers alike, for another thread.
  [[nodiscard]] virtual std::unique_ptr<StateSpace> clone() const = 0;

  virtual void initial(ExploredState& state) = 0;
  /// Always the same ways in the same order. After a violation there are none.
  virtual void expand(const ExploredState& state, Successors& successors) = 0;
  /// Throws InputError unless the protocol says of itself what makes this option sound (see
  /// rounds.h).
  virtual void expect_comparison(std::string_view option) const = 0;
  /// Only the ways that must be taken where these need not; see sleep_sets.h.
  virtual void expand_awake(const ExploredState& state, SleepSet asleep,
                            Successors& successors) = 0;
  /// Appends what tells the state from every other; under symmetry, from those of other orbits.
  virtual void encode(const ExploredState& state, std::string& bytes) = 0;

  /// The run that takes these steps from the start, as a trace without a verdict. Its times are
  /// those at which its timers can fire.
  virtual Trace trace(std::span<const std::uint16_t> steps) = 0;
  /// One of the state's steps, without its time.
  virtual TraceStep step(const ExploredState& state, std::uint16_t index) = 0;

  /// Demanded is a decision of all, where who is down may still come back, or of those that are up;
  /// and of each node, as if it were alone in proposing, where so many as are up are to be enough.
  /// `judges_idle`: the former where nobody waits, too.
  virtual Outlook outlook(const ExploredState& state, bool judges_idle) = 0;

  /// Takes the steps of a run, and shows each state that it comes to, the first one included.
  /// Returns false, and takes no more, at a step that lies beyond the bounds.
  virtual bool follow(const Trace& run, const std::function<void(const ExploredState&)>& visit) = 0;

  /// Appends what tells the world from others that differ in more than how high their ballots are;
  /// see rounds.h. Returns from how many rounds the ballots in it are.
  virtual std::uint32_t encode_shape(const ExploredState& state, std::string& bytes) = 0;

  [[nodiscard]] virtual std::span<const PropertyText> properties() const = 0;
  /// What some state must show, or the search says nothing.
  [[nodiscard]] virtual std::span<const NamedText> sometimes() const = 0;

  StateSpace& operator=(const StateSpace&) = delete;

 protected:
  StateSpace() = default;
  StateSpace(const StateSpace&) = default;
};

}  // namespace synod
