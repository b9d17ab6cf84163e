// Steps under other names: of nodes, clients, requests and values. Only who acts and who is spoken
// to is renamed; a loose replay (scenarios/play/loose_replay.h) finds out what is then said.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <variant>
#include <vector>

#include "core/ids.h"
#include "core/value.h"
#include "sim/packet.h"
#include "sim/world/clients.h"
#include "sim/world/step.h"

namespace synod {

/// What each node and each client is called now, if it is still there.
class EndpointNames {
 public:
  EndpointNames() {
    for (std::uint8_t i = 0; i < endpoint_count_max; ++i) {
      names_[i] = Endpoint{i};
    }
  }
  /// Without this one; those of its kind that came after it move up.
  static EndpointNames without(Endpoint gone) {
    EndpointNames names;
    const std::size_t end = gone.is_node() ? node_count_max : endpoint_count_max;
    names.names_[gone.index] = std::nullopt;
    for (std::size_t i = gone.index + 1U; i < end; ++i) {
      names.names_[i] = Endpoint{static_cast<std::uint8_t>(i - 1)};
    }
    return names;
  }
  /// The same, and the other one does all that it did.
  static EndpointNames merging(Endpoint gone, Endpoint other) {
    EndpointNames names = without(gone);
    names.names_[gone.index] = names.names_[other.index];
    return names;
  }
  static EndpointNames swapping(Endpoint a, Endpoint b) {
    EndpointNames names;
    names.names_[a.index] = b;
    names.names_[b.index] = a;
    return names;
  }

  [[nodiscard]] bool try_rename(Endpoint& endpoint) const {
    const std::optional<Endpoint> name = names_[endpoint.index];
    endpoint = name.value_or(endpoint);
    return name.has_value();
  }
  [[nodiscard]] bool try_rename(NodeId& node) const {
    Endpoint endpoint = Endpoint::of(node);
    const bool is_there = try_rename(endpoint);
    node = endpoint.node();
    return is_there;
  }
  [[nodiscard]] bool try_rename(ClientId& client) const {
    Endpoint endpoint = Endpoint::of(client);
    const bool is_there = try_rename(endpoint);
    client = endpoint.client();
    return is_there;
  }
  [[nodiscard]] EndpointSet renamed(EndpointSet endpoints) const {
    EndpointSet result;
    for (std::uint8_t i = 0; i < endpoint_count_max; ++i) {
      Endpoint endpoint{i};
      if (endpoints.contains(endpoint) && try_rename(endpoint)) {
        result.insert(endpoint);
      }
    }
    return result;
  }
  [[nodiscard]] NodeSet renamed(NodeSet nodes) const {
    return NodeSet(static_cast<std::uint16_t>(renamed(EndpointSet::of(nodes)).bits));
  }

 private:
  std::array<std::optional<Endpoint>, endpoint_count_max> names_;
};

namespace detail {
/// Returns false when the step is about somebody who is not there.
struct StepNamer {
  const EndpointNames& names;

  template <class R>
  bool operator()(AskStep<R>& step) const {
    return names.try_rename(step.to) && names.try_rename(step.request.id.client);
  }
  bool operator()(AbandonStep& step) const { return names.try_rename(step.client); }
  bool operator()(auto& step) const {
    if constexpr (requires { step.packet; }) {
      // A request, or an answer to one.
      const auto rename_client = [&](auto& content) {
        if constexpr (requires { content.id.client; }) {
          static_cast<void>(names.try_rename(content.id.client));
        }
      };
      std::visit(rename_client, step.packet.payload);
      return names.try_rename(step.packet.from) && names.try_rename(step.packet.to);
    } else if constexpr (requires { step.node; }) {
      return names.try_rename(step.node);
    } else {
      step.from = names.renamed(step.from);
      step.to = names.renamed(step.to);
      return step.count() > 0;
    }
  }
};
}  // namespace detail

/// Steps about those who are not there any more are left out.
template <class P>
std::vector<Step<P>> renamed(std::vector<Step<P>> steps, const EndpointNames& names) {
  std::erase_if(steps,
                [&](Step<P>& step) { return !std::visit(detail::StepNamer{names}, step.action); });
  return steps;
}

/// Each client's requests are numbered from 1, and the numbers that operations carry
/// (sim/world/clients.h) are the first ones, in the order in which they are asked for.
template <class P, class C>
std::vector<Step<P>> with_first_names(std::vector<Step<P>> steps) {
  std::map<RequestId, std::uint16_t> numbers;
  std::map<std::uint32_t, std::uint32_t> carried;
  std::array<std::uint16_t, client_count_max> last_numbers{};
  for (Step<P>& step : steps) {
    auto* const ask = std::get_if<AskStep<RequestFor<P>>>(&step.action);
    if (ask == nullptr) {
      continue;
    }
    RequestFor<P>& request = ask->request;
    const auto asked = numbers.try_emplace(request.id).first;
    if (asked->second == 0) {
      asked->second = ++last_numbers[request.id.client.index];
    }
    request.id.number = asked->second;
    if (const std::uint32_t number = Clients<P, C>::number_in(request.operation); number != 0) {
      const auto first = static_cast<std::uint32_t>(carried.size() + 1);
      Clients<P, C>::set_number(request.operation,
                                carried.try_emplace(number, first).first->second);
    }
  }
  return steps;
}

}  // namespace synod
