// One kind of fault, one file: all that there is to say of it stands there, and whoever does
// something about every fault goes through the list of them (sim/faults/faults.h). What a file
// says:
//
//   struct NAME {
//     enum Kind                     its kinds, as they are counted and listed
//     kinds                         their names, with what they mean
//     struct Fields                 what of them a configuration chooses: members, and `fields`
//     field_texts                   of each of these, in that order: what it means, for the schema
//     check(c, validator)           what is wrong with these fields; see `Validator`
//     is_enabled(c, kind)           does the configuration let this kind happen?
//
// and, where there is such a thing:
//
//     shown_by                      the name of the step that shows such a fault
//     fields_that_ask               of the fields those that ask for a fault, each by itself
//     is_asked_for(kind)            false for a kind that no field asks for
//     refuse(c, refuse_if)          what a file asks for and cannot have
//     field_of_told_writes          of the fields one that needs nodes told of their writes
//     find_idle(c, add_if)          fields of a file that have no effect
//     take_away<P>(c)               what cannot befall nodes of this protocol
//     swarm_part, draw(mix, draws, c)
//                                   how the swarm draws the fields, and from which part of its luck
//     draw_uniform(c)               the same in the plain way, one middling rate
//     Steps<P>                      its steps, a std::tuple
//     Timed, timed_texts            what of it a scenario may give a time (`faults` in its file), a
//                                   std::tuple, with what each means: steps of nodes and links, and
//                                   what lasts though it is no step
//     Trouble<P>                    how it comes about in a drawn run (sim/faults/trouble.h), if
//                                   not as messages and writes are planned
//   };
//
// A step has a `name`, `fields`, and besides
//
//   about                           for the schema, if any_protocol.json does not have it
//   text()                          in words; text(packet) where it has a packet, told before
//   simpler(add)                    what is simpler, and may do as well
//   try_apply(world, hand)          does it, or returns false and does nothing. `hand` tells the
//                                   observers, `tell(event)`, and that a limit is met,
//                                   `meet(limit)`
//   reads_older_disks = true        it asks for what a disk held before (sim/world/world.h)
//   is_explored = false             searches do not take it
//   tells_itself = true             its text is a sentence of the story that explains a failure
//   undone()                        the step that ends it, where a time is given for that, too
//   always_touches = true           it is never without effect (scenarios/play/inert_faults.h)
//
// `c` is a Configuration, which is made of all `Fields`: so these are templates.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>

#include "core/named_text.h"
#include "sim/luck.h"

namespace synod {

/// What a field of a configuration means. Literals; the bounds are those of a number.
struct FieldText {
  std::string_view name;
  std::string_view about;
  std::uint64_t min = 0;
  std::uint64_t max = 0;
};

/// Told to the observers: something has happened that no protocol claims to bear. What is found in
/// this run is outside the fault model.
struct BeyondEveryModel {
  std::string_view what;  ///< in words; a literal
};

namespace faults {

inline constexpr std::string_view no_other_node =
    "there is no other node: give 2 nodes or more, or leave it out";

/// The interval of a fault that comes again and again: 0 to 0 is never.
constexpr bool is_never(DurationRange interval) { return interval.max.ticks == 0; }
constexpr bool is_within(DurationRange inner, DurationRange outer) {
  return inner.min >= outer.min && inner.max <= outer.max;
}

/// How the swarm draws what befalls messages: from one part of its luck, one after the other.
inline constexpr std::uint32_t network_part = 3;

/// Steps that no search takes.
template <class S>
concept Unexplored = requires { requires !S::is_explored; };
/// Steps that are never without effect.
template <class S>
concept AlwaysTouching = requires { requires S::always_touches; };

/// Steps whose text is a sentence of the story that explains a failure.
template <class S>
concept TellsItself = requires { requires S::tells_itself; };
/// Steps that ask for what a disk held before.
template <class S>
concept ReadsOlderDisks = requires { requires S::reads_older_disks; };

}  // namespace faults
}  // namespace synod
