// What the simulator asks of a protocol. It knows no more of one than this.
//
// A protocol is a struct of types: see `synod::paxos::Protocol` for one that satisfies it.
//
//   name                         how it is called on the command line and in files
//   Message                      a variant of message types. Each type M has `M::name`, operator==
//                                and `M::fields(self, visit)`, which calls visit(name, field) for
//                                each of its fields; and `M::relies_on_disk`, if not all of that
//                                type wait for the disk (core/effects.h)
//   Durable                      all that survives a crash; blank by default
//   Node                         what is in memory, with the handlers below; blank by default
//   Config                       what a node is told and no run changes; `config.unlike(right)`,
//                                where it has that, says in words what of it is not as in another:
//                                for explanations of what a planted bug does
//   Timer, timer_count, timer_name(timer)     an enumeration, from 0 on
//   Operation, Result            what clients ask, and what they are told; structs with `fields`
//
// All are regular types: copied, compared, empty by default. Those that are trivially copyable are
// the fastest. And where there is more to say:
//
//   Learnt                       what a node comes to know (`Effects::learn`), where something is
//                                decided: then every node must learn
//   Entry                        what a node applies (`Effects::apply`), one after the other
//   Write, apply(durable, write) what a write changes, where it is not the whole durable state
//   standing_of(result)          what an answer means to its client; without it, what
//                                `result.standing` says, or that it is final
//   without_answer(standing)     the result that stands for none, in what is told of a client that
//                                gave up or was refused everywhere; without it, a blank one
//   may_ask(operation)           false for what is no operation: a number was used up
//   Node::on(config, WriteDone, out)   a write is durable, or has failed: writes of nodes that are
//                                not told do not fail
//   Node::on(config, Drawn, out)   the number that was asked for (`Effects::draw`)
#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <variant>

#include "core/effects.h"
#include "core/node_of.h"

namespace synod {

namespace detail {
template <class P>
struct LearntOf {
  using Type = None;
};
template <class P>
  requires requires { typename P::Learnt; }
struct LearntOf<P> {
  using Type = typename P::Learnt;
};
template <class P>
struct EntryOf {
  using Type = None;
};
template <class P>
  requires requires { typename P::Entry; }
struct EntryOf<P> {
  using Type = typename P::Entry;
};
template <class P>
struct WriteOf {
  using Type = typename P::Durable;
};
template <class P>
  requires requires { typename P::Write; }
struct WriteOf<P> {
  using Type = typename P::Write;
};
}  // namespace detail

template <class P>
using LearntOf = typename detail::LearntOf<P>::Type;
template <class P>
using EntryOf = typename detail::EntryOf<P>::Type;
template <class P>
using WriteOf = typename detail::WriteOf<P>::Type;
template <class P>
using RequestFor = RequestOf<typename P::Operation>;
template <class P>
using AnswerFor = AnswerOf<typename P::Result>;
template <class P>
using EffectsOf = Effects<typename P::Message, typename P::Durable, typename P::Timer,
                          typename P::Result, LearntOf<P>, EntryOf<P>, WriteOf<P>>;

/// Does a node come to know something, so that all of them must?
template <class P>
inline constexpr bool learns = !std::same_as<LearntOf<P>, None>;
/// Does it apply entries, one after the other?
template <class P>
inline constexpr bool applies = !std::same_as<EntryOf<P>, None>;

/// What an answer means to its client.
template <class P>
constexpr Standing standing_of(const typename P::Result& result) {
  if constexpr (requires { P::standing_of(result); }) {
    return P::standing_of(result);
  } else if constexpr (requires { Standing{result.standing}; }) {
    return result.standing;
  } else {
    return Standing::final;
  }
}
/// Stands for the result of who was refused, or never told.
template <class P>
constexpr typename P::Result without_answer(Standing standing) {
  if constexpr (requires { P::without_answer(standing); }) {
    return P::without_answer(standing);
  } else {
    return {};
  }
}

namespace detail {
template <class T>
inline constexpr bool is_variant = false;
template <class... Ts>
inline constexpr bool is_variant<std::variant<Ts...>> = true;
}  // namespace detail

template <class P>
concept ProtocolTypes =
    detail::is_variant<typename P::Message> && std::regular<typename P::Message> &&
    std::regular<typename P::Durable> && std::regular<typename P::Node> &&
    std::regular<typename P::Operation> && std::regular<typename P::Result> &&
    std::regular<LearntOf<P>> && std::regular<EntryOf<P>> && std::copyable<WriteOf<P>> &&
    std::is_enum_v<typename P::Timer>;

template <class P>
concept Protocol =
    ProtocolTypes<P> &&
    requires(typename P::Node node, const typename P::Config& config, NodeId id,
             const typename P::Durable& disk, const typename P::Message& message,
             const RequestFor<P>& request, typename P::Timer timer, EffectsOf<P>& out) {
      { P::name } -> std::convertible_to<std::string_view>;
      { P::timer_count } -> std::convertible_to<std::size_t>;
      { P::timer_name(timer) } -> std::convertible_to<std::string_view>;
      node.start(config, id, disk, out);
      node.on(config, id, message, out);
      node.on(config, request, out);
      node.on(config, timer, out);
    };

/// Is a node told when a write is durable?
template <class P>
inline constexpr bool is_told_of_writes =
    requires(typename P::Node node, const typename P::Config& config, EffectsOf<P>& out) {
      node.on(config, WriteDone{}, out);
    };

/// Does a node ask for luck?
template <class P>
inline constexpr bool asks_for_luck =
    requires(typename P::Node node, const typename P::Config& config, EffectsOf<P>& out) {
      node.on(config, Drawn{}, out);
    };

/// A write reaches the disk.
template <class P>
void store_write(typename P::Durable& disk, const WriteOf<P>& write) {
  if constexpr (requires { typename P::Write; }) {
    P::apply(disk, write);
  } else {
    disk = write;
  }
}

}  // namespace synod
