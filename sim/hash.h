// Hashing by meaning: fields, never bytes, so that padding and layout do not matter and the same
// state has the same hash with every compiler.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <type_traits>
#include <variant>

#include "core/ballot.h"
#include "core/client.h"
#include "core/ids.h"
#include "core/inline_vector.h"
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
  constexpr void add(bool flag) { add(std::uint64_t{flag}); }
  template <std::integral I>
  constexpr void add(I number) {
    add(static_cast<std::uint64_t>(number));
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
  template <class E>
    requires std::is_enum_v<E>
  constexpr void add(E enumerator) {
    add(static_cast<std::uint64_t>(enumerator));
  }
  template <class T, std::size_t N>
  constexpr void add(const std::array<T, N>& elements) {
    for (const T& element : elements) {
      add(element);
    }
  }
  template <class T, std::size_t N>
  constexpr void add(const InlineVector<T, N>& elements) {
    add(elements.size());
    for (const T& element : elements) {
      add(element);
    }
  }
  template <class... Ts>
  constexpr void add(const std::variant<Ts...>& alternatives) {
    add(alternatives.index());
    std::visit([this](const auto& alternative) { this->add(alternative); }, alternatives);
  }
  template <class T>
    requires requires(const T& value) { T::fields(value, [](std::string_view, const auto&) {}); }
  constexpr void add(const T& value) {
    T::fields(value, [this](std::string_view, const auto& field) { this->add(field); });
  }

  [[nodiscard]] constexpr std::uint64_t value() const { return mix(state_); }

 private:
  std::uint64_t state_ = 0x243f6a8885a308d3ULL;
};

template <class T>
constexpr std::uint64_t hash_of(const T& value) {
  Hasher hasher;
  hasher.add(value);
  return hasher.value();
}

}  // namespace synod
