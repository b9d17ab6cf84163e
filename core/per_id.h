// One thing for each node, or for each client, by its id.
//
// A type of its own, and no array that happens to have as many elements: only what there is one of
// for each node is written for the nodes that there are, goes with them where nodes are taken for
// one another, and is called [n1], [n2], … by people.
#pragma once

#include <array>
#include <cstddef>

#include "core/ids.h"

namespace synod {

template <class T, class Id, std::size_t Count>
struct PerId {
  using value_type = T;
  using IdOfEach = Id;
  std::array<T, Count> all{};

  constexpr T& operator[](Id id) { return all[id.index]; }
  constexpr const T& operator[](Id id) const { return all[id.index]; }
  /// By the id's index.
  constexpr T& operator[](std::size_t index) { return all[index]; }
  constexpr const T& operator[](std::size_t index) const { return all[index]; }

  [[nodiscard]] static constexpr std::size_t size() { return Count; }
  constexpr T* begin() { return all.data(); }
  constexpr T* end() { return all.data() + Count; }
  [[nodiscard]] constexpr const T* begin() const { return all.data(); }
  [[nodiscard]] constexpr const T* end() const { return all.data() + Count; }

  bool operator==(const PerId&) const = default;
};

/// Those of nodes that there are not are as they were made.
template <class T>
using PerNode = PerId<T, NodeId, node_count_max>;
template <class T>
using PerClient = PerId<T, ClientId, client_count_max>;

}  // namespace synod
