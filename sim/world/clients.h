// What clients ask: a protocol's word, with a default for whatever it does not say.
//
// A struct C of these says it for a protocol P. Only `each` is a must.
//
//   each(number, visit)    calls visit(operation) for every kind of operation that there is, with
//                          this number where one is carried (a value to write, say): from 1 on,
//                          each for one operation of a run, so that a result has one cause. Clients
//                          ask the first kind when the world is healed, to see whether it answers
//   draw(draws, configuration, is_settling, fresh) -> Operation
//                          the next operation of a client; `fresh()` is the next number. By default
//                          any kind is as likely as any other, and in a healed world the first
//   is_enough(operation, result)    in a healed world: has the client got what it is there for? By
//                          default, with any final result
//   number_in(operation)   the number that it carries; 0 for none
//   set_number(operation, number)
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/client.h"
#include "sim/luck.h"
#include "sim/protocol.h"
#include "sim/world/configuration.h"

namespace synod {

/// Numbers that no operation of the run has carried. 0 when they are used up.
class FreshNumbers {
 public:
  explicit FreshNumbers(std::uint32_t next = 1) : next_(next) {}
  std::uint32_t operator()() { return next_ == 0 ? 0 : next_++; }
  [[nodiscard]] std::uint32_t next() const { return next_; }

 private:
  std::uint32_t next_;
};

template <Protocol P, class C>
struct Clients {
  using Operation = typename P::Operation;
  using Result = typename P::Result;

  static Operation draw(Draws& draws, const Configuration& configuration, bool is_settling,
                        FreshNumbers& fresh) {
    if constexpr (requires { C::draw(draws, configuration, is_settling, fresh); }) {
      return C::draw(draws, configuration, is_settling, fresh);
    } else {
      const std::uint32_t kind = draws.below(kind_count());
      return of_kind(is_settling ? 0 : kind, fresh());
    }
  }
  static bool is_enough(const Operation& operation, const Result& result, Standing standing) {
    if constexpr (requires { C::is_enough(operation, result); }) {
      return standing == Standing::final && C::is_enough(operation, result);
    } else {
      return standing == Standing::final;
    }
  }
  static std::uint32_t number_in(const Operation& operation) {
    if constexpr (requires { C::number_in(operation); }) {
      return C::number_in(operation);
    } else {
      return 0;
    }
  }
  static void set_number(Operation& operation, std::uint32_t number) {
    if constexpr (requires { C::set_number(operation, number); }) {
      C::set_number(operation, number);
    }
  }
  /// The first kind of operation.
  static Operation own(std::uint32_t number) { return of_kind(0, number); }
  template <class Visit>
  static void each(std::uint32_t number, Visit visit) {
    C::each(number, visit);
  }

 private:
  static std::uint32_t kind_count() {
    std::uint32_t count = 0;
    C::each(1, [&](const Operation&) { ++count; });
    return count;
  }
  static Operation of_kind(std::uint32_t kind, std::uint32_t number) {
    Operation chosen{};
    std::uint32_t i = 0;
    C::each(number, [&](const Operation& operation) {
      if (i++ == kind) {
        chosen = operation;
      }
    });
    return chosen;
  }
};

/// The next number after those that operations have carried; told of each.
template <Protocol P, class C>
class NumbersCarried {
 public:
  void add(const RequestFor<P>& request) {
    ++requests_;
    if (const std::uint32_t number = Clients<P, C>::number_in(request.operation);
        number > highest_) {
      highest_ = number;
    }
  }
  /// Where operations do not say which numbers they carry, none is higher than there are requests.
  [[nodiscard]] FreshNumbers rest() const {
    const std::uint32_t highest = knows_numbers ? highest_ : requests_;
    return FreshNumbers(highest + 1);
  }

 private:
  static constexpr bool knows_numbers =
      requires(const typename P::Operation& operation) { C::number_in(operation); };
  std::uint32_t requests_ = 0;
  std::uint32_t highest_ = 0;
};

}  // namespace synod
