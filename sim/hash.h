// Hashing by meaning: fields, never bytes, so that padding and layout do not matter and the same
// state has the same hash with every compiler.
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <variant>

#include "core/ballot.h"
#include "core/client.h"
#include "core/fields.h"
#include "core/ids.h"
#include "core/value.h"
#include "sim/luck.h"
#include "sim/packet.h"

namespace synod {

class Hasher {
 public:
  constexpr void add(std::uint64_t word) {
    state_ = (state_ ^ word) * 0x9fb21c651e98df25ULL;
    state_ ^= state_ >> 32U;
  }
  constexpr void add(NodeId node) { add(std::uint64_t{node.index}); }
  constexpr void add(NodeSet nodes) { add(std::uint64_t{nodes.bits()}); }
  constexpr void add(ClientId client) { add(std::uint64_t{client.index}); }
  constexpr void add(RequestId id) {
    add((static_cast<std::uint64_t>(id.client.index) << 16U) | id.number);
  }
  constexpr void add(Value value) { add(std::uint64_t{value.number}); }
  constexpr void add(Ballot ballot) {
    add((static_cast<std::uint64_t>(ballot.round) << 8U) | ballot.node.index);
  }
  constexpr void add(Vote vote) {
    add(vote.ballot);
    add(vote.value);
  }
  constexpr void add(Endpoint endpoint) { add(std::uint64_t{endpoint.index}); }
  constexpr void add(EndpointSet endpoints) { add(std::uint64_t{endpoints.bits}); }
  /// The sum of their hashes, because packets in flight have no order.
  template <class P>
  constexpr void add(const InFlight<P>& in_flight) {
    std::uint64_t sum = 0;
    for (typename InFlight<P>::Slot slot = 0; slot < in_flight.slot_end(); ++slot) {
      if (in_flight.holds(slot)) {
        sum += hash_of_one(in_flight[slot]);
      }
    }
    add(sum);
  }
  template <class T>
  constexpr void add(const T& value) {
    if constexpr (std::same_as<T, char>) {  // with or without a sign, as the machine likes
      add(std::uint64_t{static_cast<unsigned char>(value)});
    } else if constexpr (Number<T>) {
      add(static_cast<std::uint64_t>(value));
    } else if constexpr (HasFields<T>) {
      expect_fields_cover<T>();
      T::fields(value, [this](std::string_view, const auto& field) { this->add(field); });
    } else if constexpr (OneOf<T>) {
      add(value.index());
      std::visit([this](const auto& alternative) { this->add(alternative); }, value);
    } else if constexpr (Maybe<T>) {
      add(value.has_value());
      if (value.has_value()) {
        add(*value);
      }
    } else if constexpr (Product<T>) {
      std::apply([this](const auto&... parts) { (this->add(parts), ...); }, value);
    } else if constexpr (Nothing<T>) {
    } else if constexpr (OnePerId<T> || (Container<T> && !Accidental<T>)) {
      add_elements(value);
    } else {
      refuse_field<T>();
    }
  }

  [[nodiscard]] constexpr std::uint64_t value() const { return mix(state_); }

 private:
  template <class T>
  constexpr void add_elements(const T& elements) {
    if constexpr (!FixedSequence<T> && !OnePerId<T>) {
      add(elements.size());
    }
    if constexpr (OrderFree<T>) {
      std::uint64_t sum = 0;
      for (const typename T::value_type& element : elements) {
        sum += hash_of_one(element);
      }
      add(sum);
    } else {
      for (const typename T::value_type& element : elements) {
        add(element);
      }
    }
  }
  template <class T>
  static constexpr std::uint64_t hash_of_one(const T& value) {
    Hasher one;
    one.add(value);
    return one.value();
  }

  std::uint64_t state_ = 0x243f6a8885a308d3ULL;
};

static_assert(has_members<NodeId, 1> && has_members<ClientId, 1> && has_members<RequestId, 2> &&
                  has_members<Value, 1> && has_members<Ballot, 2> && has_members<Vote, 2> &&
                  has_members<Endpoint, 1> && has_members<EndpointSet, 1>,
              "what is hashed by hand is hashed whole");

template <class T>
constexpr std::uint64_t hash_of(const T& value) {
  Hasher hasher;
  hasher.add(value);
  return hasher.value();
}

}  // namespace synod
