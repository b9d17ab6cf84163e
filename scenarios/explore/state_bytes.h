// Bytes of a state and back. By meaning, as hashing (sim/hash.h): fields, never memory, so that the
// same state has the same bytes with every compiler.
//
// Numbers are short where they are small. Of what there is one of for each node (PerNode), those
// are written that there are. What has no order (Unordered, and sets and maps where names are
// changed) is written in the order of its bytes: equal contents, equal bytes.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/ballot.h"
#include "core/client.h"
#include "core/fields.h"
#include "core/ids.h"
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

namespace detail {

/// Numbers below 0 are small too: 0, -1, 1, -2, … are 0, 1, 2, 3, …
template <std::integral I>
constexpr std::uint64_t folded(I number) {
  if constexpr (std::is_signed_v<I>) {
    const auto wide = static_cast<std::int64_t>(number);
    return (static_cast<std::uint64_t>(wide) << 1U) ^ (wide < 0 ? ~std::uint64_t{0} : 0U);
  } else {
    return number;
  }
}
template <std::integral I>
constexpr I unfolded(std::uint64_t folded) {
  if constexpr (std::is_signed_v<I>) {
    return static_cast<I>((folded >> 1U) ^ ((folded & 1U) != 0 ? ~std::uint64_t{0} : 0U));
  } else {
    return static_cast<I>(folded);
  }
}

}  // namespace detail

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
  template <class T>
  void add(const T& value) {
    if constexpr (std::same_as<T, bool>) {
      bytes_.push(value ? 1 : 0);
    } else if constexpr (std::is_enum_v<T>) {
      add(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (std::integral<T>) {
      add(detail::folded(value));
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
    } else if constexpr (OnePerId<T>) {
      add_by_id(value);
    } else if constexpr (Characters<T>) {
      add(value.size());
      add_written(value);
    } else if constexpr (OrderFree<T> || (Sorted<T> && Renames)) {
      auto element = value.begin();
      add_unordered(value.size(), [&](std::size_t) { this->add(*element++); });
    } else if constexpr (Container<T> && !Accidental<T>) {
      if constexpr (!FixedSequence<T>) {
        add(value.size());
      }
      for (const typename T::value_type& element : value) {
        add(element);
      }
    } else {
      refuse_field<T>();
    }
  }

  /// `add_one(i)` adds the i-th of `count` things whose order means nothing. Often they are in
  /// order already: what was read was, and what is new comes last.
  template <class AddOne>
  void add_unordered(std::size_t count, AddOne add_one, bool is_set = false) {
    const std::size_t begin = bytes_.size();
    add(count);
    const std::size_t start = bytes_.size();
    bool is_ordered = !is_set;
    std::size_t before = start;                          // where the one before begins
    const std::size_t ends_before = bytes_.ends.size();  // of what these are within
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t here = bytes_.size();
      add_one(i);
      bytes_.ends.push_back(bytes_.size());
      is_ordered =
          is_ordered && bytes_.view().substr(before, here - before) <= bytes_.view().substr(here);
      before = here;
    }
    bytes_.places.clear();
    if (!is_ordered) {
      sort_from(begin, start, ends_before, is_set);
    }
    bytes_.ends.resize(ends_before);
  }
  /// What a writer like this one wrote before.
  void add_written(std::string_view bytes) { bytes_.append(bytes); }

 private:
  template <class T>
  void add_by_id(const T& each) {
    if constexpr (std::same_as<typename T::IdOfEach, NodeId>) {
      for (std::size_t i = 0; i < node_count_; ++i) {
        add(each[std::size_t{Renames ? renaming_.nodes.from[i] : i}]);
      }
    } else {
      for (std::size_t i = 0; i < each.size(); ++i) {
        add(each[std::size_t{Renames ? renaming_.clients.from[i] : i}]);
      }
    }
  }

  /// Puts the things from `start` on, whose ends are those from `first` on, in order; their number
  /// goes to `number`.
  void sort_from(std::size_t number, std::size_t start, std::size_t first, bool is_set) {
    bytes_.unordered.assign(bytes_.view().substr(start));
    auto& pieces = bytes_.pieces;
    pieces.clear();
    std::size_t begin = start;
    for (std::size_t i = first; i < bytes_.ends.size(); ++i) {
      const std::size_t end = bytes_.ends[i];
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
  template <class T>
  void read(T& value) {
    if constexpr (std::same_as<T, bool>) {
      value = number() != 0;
    } else if constexpr (std::is_enum_v<T>) {
      std::underlying_type_t<T> underlying{};
      read(underlying);
      value = static_cast<T>(underlying);
    } else if constexpr (std::integral<T>) {
      value = detail::unfolded<T>(number());
    } else if constexpr (HasFields<T>) {
      expect_fields_cover<T>();
      T::fields(value, [this](std::string_view, auto& field) { this->read(field); });
    } else if constexpr (OneOf<T>) {
      read_alternative(value, number());
    } else if constexpr (Maybe<T>) {
      value.reset();
      if (number() != 0) {
        read(value.emplace());
      }
    } else if constexpr (Product<T>) {
      std::apply([this](auto&... parts) { (this->read(parts), ...); }, value);
    } else if constexpr (Nothing<T>) {
    } else if constexpr (OnePerId<T>) {
      const bool is_by_node = std::same_as<typename T::IdOfEach, NodeId>;
      for (std::size_t i = 0; i < (is_by_node ? node_count_ : value.size()); ++i) {
        read(value[i]);
      }
    } else if constexpr (Characters<T>) {
      const auto size = static_cast<std::size_t>(number());
      value.assign(bytes_.substr(at_, size));
      at_ += size;
    } else if constexpr (Container<T> && !Accidental<T>) {
      read_elements(value);
    } else {
      refuse_field<T>();
    }
  }

 private:
  template <class... Ts>
  void read_alternative(std::variant<Ts...>& alternatives, std::uint64_t index) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      static_cast<void>(((I == index && (read(alternatives.template emplace<I>()), true)) || ...));
    }(std::index_sequence_for<Ts...>{});
  }
  template <class T>
  void read_elements(T& elements) {
    if constexpr (FixedSequence<T>) {
      for (auto& element : elements) {
        read(element);
      }
    } else if constexpr (requires {
                           elements.resize(0);
                           *elements.begin() = {};
                         } && std::is_reference_v<decltype(*elements.begin())>) {
      elements.resize(static_cast<std::size_t>(number()));
      for (auto& element : elements) {
        read(element);
      }
    } else {
      elements.clear();
      for (auto left = number(); left > 0; --left) {
        add_element(elements);
      }
    }
  }
  template <class T>
  void add_element(T& elements) {
    if constexpr (Mapping<T>) {
      typename T::key_type key{};
      typename T::mapped_type value{};
      read(key);
      read(value);
      elements.emplace_hint(elements.end(), std::move(key), std::move(value));
    } else {
      typename T::value_type element{};
      read(element);
      if constexpr (requires { elements.try_push(element); }) {
        elements.try_push(element);
      } else {
        elements.insert(elements.end(), std::move(element));
      }
    }
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::size_t node_count_;
};

}  // namespace synod
