// Observers behind one interface, for what need not be fast: a replay that is told or written down,
// a sample, an outlook. There the engine is compiled once, and not for every set of observers.
// Runs and searches name theirs (`Observers` of observation.h), so that a step costs no more than
// it must.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <tuple>

#include "sim/world/observation.h"
#include "sim/world/world.h"

namespace synod {

/// Hears nothing, unless it says so.
template <Protocol P>
class AnyObserver {
 public:
  using Some = World<P>;
  virtual ~AnyObserver() = default;
  virtual void on(const Some& /*world*/, const Sent<P>& /*event*/) {}
  virtual void on(const Some& /*world*/, const Delivered<P>& /*event*/) {}
  virtual void on(const Some& /*world*/, const WriteIssued& /*event*/) {}
  virtual void on(const Some& /*world*/, const Stored<P>& /*event*/) {}
  virtual void on(const Some& /*world*/, const TimerSet<P>& /*event*/) {}
  virtual void on(const Some& /*world*/, const TimerFired<P>& /*event*/) {}
  virtual void on(const Some& /*world*/, const Learned<P>& /*event*/) {}
  virtual void on(const Some& /*world*/, const EntryApplied<P>& /*event*/) {}
  virtual void on(const Some& /*world*/, const Crashed& /*event*/) {}
  virtual void on(const Some& /*world*/, const Restarted& /*event*/) {}
  virtual void on(const Some& /*world*/, const Called<P>& /*event*/) {}
  virtual void on(const Some& /*world*/, const Returned<P>& /*event*/) {}
  virtual void on(const Some& /*world*/, const Broken& /*event*/) {}
  virtual void on(const Some& /*world*/, const Skewed& /*event*/) {}
  virtual void on(const Some& /*world*/, const LimitMet& /*event*/) {}
  virtual void on(const Some& /*world*/, const BeyondEveryModel& /*event*/) {}
  virtual void on(const Some& /*world*/, const WritesFailed<P>& /*event*/) {}
  virtual void on(const Some& /*world*/, const LuckAsked& /*event*/) {}
  virtual void on(const Some& /*world*/, const LuckGiven& /*event*/) {}
  virtual void on(const Some& /*world*/, const Logged& /*event*/) {}
  virtual void on(const Some& /*world*/, const Applied<P>& /*event*/) {}
  [[nodiscard]] virtual bool reads_log() const { return false; }

  AnyObserver(const AnyObserver&) = delete;
  AnyObserver& operator=(const AnyObserver&) = delete;

  AnyObserver() = default;
};

/// Passes on what `O` cares about.
template <Protocol P, class O>
class ErasedObserver final : public AnyObserver<P> {
 public:
  using Some = World<P>;
  explicit ErasedObserver(O& observer) : observer_(observer) {}
  void on(const Some& world, const Sent<P>& event) override { pass(world, event); }
  void on(const Some& world, const Delivered<P>& event) override { pass(world, event); }
  void on(const Some& world, const WriteIssued& event) override { pass(world, event); }
  void on(const Some& world, const Stored<P>& event) override { pass(world, event); }
  void on(const Some& world, const TimerSet<P>& event) override { pass(world, event); }
  void on(const Some& world, const TimerFired<P>& event) override { pass(world, event); }
  void on(const Some& world, const Learned<P>& event) override { pass(world, event); }
  void on(const Some& world, const EntryApplied<P>& event) override { pass(world, event); }
  void on(const Some& world, const Crashed& event) override { pass(world, event); }
  void on(const Some& world, const Restarted& event) override { pass(world, event); }
  void on(const Some& world, const Called<P>& event) override { pass(world, event); }
  void on(const Some& world, const Returned<P>& event) override { pass(world, event); }
  void on(const Some& world, const Broken& event) override { pass(world, event); }
  void on(const Some& world, const Skewed& event) override { pass(world, event); }
  void on(const Some& world, const LimitMet& event) override { pass(world, event); }
  void on(const Some& world, const BeyondEveryModel& event) override { pass(world, event); }
  void on(const Some& world, const WritesFailed<P>& event) override { pass(world, event); }
  void on(const Some& world, const LuckAsked& event) override { pass(world, event); }
  void on(const Some& world, const LuckGiven& event) override { pass(world, event); }
  void on(const Some& world, const Logged& event) override { pass(world, event); }
  void on(const Some& world, const Applied<P>& event) override { pass(world, event); }
  [[nodiscard]] bool reads_log() const override { return hears<O, Some, Logged>; }

 private:
  template <class Event>
  void pass([[maybe_unused]] const Some& world, [[maybe_unused]] const Event& event) {
    if constexpr (requires { observer_.on(world, event); }) {
      observer_.on(world, event);
    }
  }
  O& observer_;
};

/// Several, told in the order given.
template <Protocol P>
class AnyObservers {
 public:
  void add(AnyObserver<P>& observer) { parts_[count_++] = &observer; }
  [[nodiscard]] bool reads_log() const {
    return std::any_of(parts_.begin(), parts_.begin() + count_,
                       [](const AnyObserver<P>* part) { return part->reads_log(); });
  }

  template <class Event>
  void on(const World<P>& world, const Event& event) {
    for (std::size_t i = 0; i < count_; ++i) {
      parts_[i]->on(world, event);
    }
  }

 private:
  std::array<AnyObserver<P>*, 10> parts_{};
  std::size_t count_ = 0;
};

/// Makes them of these, which must outlive it.
template <Protocol P, class... Parts>
class ErasedObservers {
 public:
  explicit ErasedObservers(Parts&... parts) : erased_(parts...) {
    static_assert(sizeof...(Parts) <= 10);
    std::apply([this](auto&... one) { (all_.add(one), ...); }, erased_);
  }
  AnyObservers<P>& all() { return all_; }

 private:
  std::tuple<ErasedObserver<P, Parts>...> erased_;
  AnyObservers<P> all_;
};
/// With P given, the parts are found out.
template <Protocol P, class... Parts>
ErasedObservers<P, Parts...> erased(Parts&... parts) {
  return ErasedObservers<P, Parts...>(parts...);
}

}  // namespace synod
