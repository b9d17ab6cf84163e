// Bytes of a state and back. By meaning, as hashing (sim/hash.h): fields, never memory, so that the
// same state has the same bytes with every compiler.
//
// Numbers are short where they are small. An array with room for every node is by node and holds
// those that there are; one with room for every client is by client. A vector is a set of things
// without order: equal contents, equal bytes.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/ballot.h"
#include "core/client.h"
#include "core/ids.h"
#include "core/inline_vector.h"
#include "core/value.h"
#include "sim/packet.h"

namespace synod {

/// Things under other names: the i-th is called `to[i]`.
template <std::uint8_t Count>
struct Names {
  std::array<std::uint8_t, Count> to{};
  std::array<std::uint8_t, Count> from{};

  static constexpr Names own() {
    Names names;
    for (std::uint8_t i = 0; i < Count; ++i) {
      names.to[i] = names.from[i] = i;
    }
    return names;
  }
  constexpr void call(std::uint8_t one, std::uint8_t other) {
    to[one] = other;
    from[other] = one;
  }
  [[nodiscard]] constexpr unsigned renamed(unsigned bits) const {
    unsigned result = 0;
    for (std::uint8_t i = 0; i < Count; ++i) {
      result |= (bits >> i & 1U) << to[i];
    }
    return result;
  }
};

/// Nodes, clients, and with each client the values that it writes, under other names.
struct Renaming {
  Names<node_count_max> nodes = Names<node_count_max>::own();
  Names<client_count_max> clients = Names<client_count_max>::own();
  std::uint32_t client_count = 1;

  static constexpr Renaming none() { return {}; }

  /// Client i writes i+1, then i+1 and as much more as there are clients.
  [[nodiscard]] constexpr Value renamed(Value value) const {
    if (value.number == 0 || value.number > INT32_MAX) {  // none, commit or abort
      return value;
    }
    const std::uint32_t client = (value.number - 1) % client_count;
    return {value.number - client + clients.to[client]};
  }
};

/// Where bytes are gathered. Keeps its memory.
class ByteBuffer {
 public:
  void clear() { at_ = 0; }
  void push(std::uint64_t byte) {
    if (at_ == bytes_.size()) [[unlikely]] {
      bytes_.resize(bytes_.size() * 2);
    }
    bytes_[at_++] = static_cast<char>(byte);
  }
  void append(std::string_view bytes) {
    while (at_ + bytes.size() > bytes_.size()) [[unlikely]] {
      bytes_.resize(bytes_.size() * 2);
    }
    std::memcpy(bytes_.data() + at_, bytes.data(), bytes.size());
    at_ += bytes.size();
  }
  void truncate(std::size_t size) { at_ = size; }
  [[nodiscard]] std::size_t size() const { return at_; }
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), at_}; }

  /// Where in order each of the things without order stood that were added last; empty where they
  /// were in order.
  std::vector<std::size_t> places;

  // For putting in order what was gathered.
  using Piece = std::pair<std::string_view, std::size_t>;  ///< and where it stood
  std::vector<std::size_t> ends;
  std::vector<Piece> pieces;
  std::string unordered;

 private:
  std::vector<char> bytes_ = std::vector<char>(1024);
  std::size_t at_ = 0;
};

/// A value's number plus this, so that none, commit and abort are small too.
inline constexpr std::uint32_t value_shift = 2;

template <bool Renames>
class StateWriter {
 public:
  /// Appends to `bytes`. All must outlive the writer.
  StateWriter(ByteBuffer& bytes, std::size_t node_count, const Renaming& renaming)
      : bytes_(bytes), node_count_(node_count), renaming_(renaming) {}

  void add(std::uint64_t number) {
    while (number >= 0x80) [[unlikely]] {
      bytes_.push((number & 0x7fU) | 0x80U);
      number >>= 7U;
    }
    bytes_.push(number);
  }
  void add(bool flag) { bytes_.push(flag ? 1 : 0); }
  template <std::unsigned_integral I>
  void add(I number) {
    add(std::uint64_t{number});
  }
  void add(NodeId node) {
    add(std::uint64_t{Renames ? renaming_.nodes.to[node.index] : node.index});
  }
  void add(NodeSet nodes) {
    add(std::uint64_t{Renames ? renaming_.nodes.renamed(nodes.bits()) : nodes.bits()});
  }
  void add(ClientId client) {
    add(std::uint64_t{Renames ? renaming_.clients.to[client.index] : client.index});
  }
  void add(RequestId id) {
    add(id.client);
    add(id.number);
  }
  void add(Value value) {
    add(std::uint64_t{(Renames ? renaming_.renamed(value) : value).number + value_shift});
  }
  void add(Ballot ballot) {
    add(ballot.round);
    add(ballot.node);
  }
  void add(Vote vote) {
    add(vote.ballot);
    add(vote.value);
  }
  void add(Endpoint endpoint) {
    if (endpoint.is_node()) {
      add(endpoint.node());
    } else {
      const ClientId client = endpoint.client();
      const ClientId called{Renames ? renaming_.clients.to[client.index] : client.index};
      add(std::uint64_t{Endpoint::of(called).index});
    }
  }
  void add(EndpointSet endpoints) {
    constexpr unsigned all_nodes = (1U << node_count_max) - 1U;
    const unsigned nodes = endpoints.bits & all_nodes;
    const unsigned clients = endpoints.bits >> node_count_max;
    add(std::uint64_t{Renames ? renaming_.nodes.renamed(nodes) | renaming_.clients.renamed(clients)
                                                                     << node_count_max
                              : endpoints.bits});
  }
  template <class E>
    requires std::is_enum_v<E>
  void add(E enumerator) {
    add(static_cast<std::uint64_t>(enumerator));
  }
  template <class T, std::size_t N>
  void add(const std::array<T, N>& elements) {
    if constexpr (N == node_count_max) {
      for (std::size_t i = 0; i < node_count_; ++i) {
        add(elements[Renames ? renaming_.nodes.from[i] : i]);
      }
    } else if constexpr (N == client_count_max) {
      for (std::size_t i = 0; i < N; ++i) {
        add(elements[Renames ? renaming_.clients.from[i] : i]);
      }
    } else {
      for (const T& element : elements) {
        add(element);
      }
    }
  }
  template <class T, std::size_t N>
  void add(const InlineVector<T, N>& elements) {
    add(elements.size());
    for (const T& element : elements) {
      add(element);
    }
  }
  template <class T>
  void add(const std::vector<T>& elements) {
    add_unordered(elements.size(), [&](std::size_t i) { add(elements[i]); });
  }
  template <class... Ts>
  void add(const std::variant<Ts...>& alternatives) {
    add(alternatives.index());
    std::visit([this](const auto& alternative) { this->add(alternative); }, alternatives);
  }
  template <class T>
    requires requires(const T& value) { T::fields(value, [](std::string_view, const auto&) {}); }
  void add(const T& value) {
    T::fields(value, [this](std::string_view, const auto& field) { this->add(field); });
  }

  /// `add_one(i)` adds the i-th of `count` things whose order means nothing. Often they are in
  /// order already: what was read was, and what is new comes last.
  template <class AddOne>
  void add_unordered(std::size_t count, AddOne add_one, bool is_set = false) {
    const std::size_t begin = bytes_.size();
    add(count);
    const std::size_t start = bytes_.size();
    bool is_ordered = !is_set;
    std::size_t before = start;  // where the one before begins
    bytes_.ends.clear();
    bytes_.places.clear();
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t here = bytes_.size();
      add_one(i);
      bytes_.ends.push_back(bytes_.size());
      is_ordered =
          is_ordered && bytes_.view().substr(before, here - before) <= bytes_.view().substr(here);
      before = here;
    }
    if (!is_ordered) {
      sort_from(begin, start, is_set);
    }
  }
  /// What a writer like this one wrote before.
  void add_written(std::string_view bytes) { bytes_.append(bytes); }

 private:
  /// Puts the things from `start` on, that end at `ends`, in order; their number goes to `number`.
  void sort_from(std::size_t number, std::size_t start, bool is_set) {
    bytes_.unordered.assign(bytes_.view().substr(start));
    auto& pieces = bytes_.pieces;
    pieces.clear();
    std::size_t begin = start;
    for (const std::size_t end : bytes_.ends) {
      const auto text = std::string_view(bytes_.unordered).substr(begin - start, end - begin);
      pieces.emplace_back(text, pieces.size());
      begin = end;
    }
    std::sort(pieces.begin(), pieces.end());
    if (is_set) {
      const auto is_same = [](const auto& a, const auto& b) { return a.first == b.first; };
      pieces.erase(std::unique(pieces.begin(), pieces.end(), is_same), pieces.end());
    }
    bytes_.truncate(number);
    add(pieces.size());
    for (const auto& [text, place] : pieces) {
      bytes_.append(text);
      bytes_.places.push_back(place);
    }
  }

  ByteBuffer& bytes_;
  std::size_t node_count_;
  const Renaming& renaming_;
};

/// Reads what a StateWriter without renaming wrote. What it reads is trusted.
class StateReader {
 public:
  StateReader(std::string_view bytes, std::size_t node_count)
      : bytes_(bytes), node_count_(node_count) {}

  /// How many bytes have been read.
  [[nodiscard]] std::size_t position() const { return at_; }
  std::uint64_t number() {
    std::uint64_t number = 0;
    for (unsigned shift = 0;; shift += 7U) {
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      number |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) [[likely]] {
        return number;
      }
    }
  }
  void read(bool& flag) { flag = number() != 0; }
  template <std::unsigned_integral I>
  void read(I& value) {
    value = static_cast<I>(number());
  }
  void read(NodeId& node) { read(node.index); }
  void read(NodeSet& nodes) { nodes = NodeSet(static_cast<std::uint16_t>(number())); }
  void read(ClientId& client) { read(client.index); }
  void read(RequestId& id) {
    read(id.client);
    read(id.number);
  }
  void read(Value& value) { value.number = static_cast<std::uint32_t>(number()) - value_shift; }
  void read(Ballot& ballot) {
    read(ballot.round);
    read(ballot.node);
  }
  void read(Vote& vote) {
    read(vote.ballot);
    read(vote.value);
  }
  void read(Endpoint& endpoint) { read(endpoint.index); }
  void read(EndpointSet& endpoints) { read(endpoints.bits); }
  template <class E>
    requires std::is_enum_v<E>
  void read(E& enumerator) {
    enumerator = static_cast<E>(number());
  }
  template <class T, std::size_t N>
  void read(std::array<T, N>& elements) {
    const std::size_t count = N == node_count_max ? node_count_ : N;
    for (std::size_t i = 0; i < count; ++i) {
      read(elements[i]);
    }
  }
  template <class T, std::size_t N>
  void read(InlineVector<T, N>& elements) {
    elements.clear();
    for (auto left = number(); left > 0; --left) {
      T element{};
      read(element);
      elements.try_push(element);
    }
  }
  template <class T>
  void read(std::vector<T>& elements) {
    elements.resize(static_cast<std::size_t>(number()));
    for (T& element : elements) {
      read(element);
    }
  }
  template <class... Ts>
  void read(std::variant<Ts...>& alternatives) {
    const auto index = number();
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      static_cast<void>(((I == index && (read(alternatives.template emplace<I>()), true)) || ...));
    }(std::index_sequence_for<Ts...>{});
  }
  template <class T>
    requires requires(T& value) { T::fields(value, [](std::string_view, auto&) {}); }
  void read(T& value) {
    T::fields(value, [this](std::string_view, auto& field) { this->read(field); });
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  std::size_t node_count_;
};

}  // namespace synod
