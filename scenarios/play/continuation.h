// What comes after the steps of a trace that settles: a fixed schedule, fair and free of new
// faults, until all is quiet.
//
// A kept trace is a list of steps for the protocol as it was. After an edit the messages of that
// list may not exist any more, while its accidents (crashes, cuts, restarts …) and its requests
// name only nodes and clients, and still happen. So the run goes on from where they have led it:
//
//   1. As the list left it. Nodes that stand still go on; links that are cut stay cut, and nodes
//      that are down stay down, because a violation may need just that: two halves that cannot hear
//      each other. Everything in flight arrives (at a node that is down or cut off, it is lost),
//      every write finishes, and timers fire when nothing else is to be done.
//   2. Repaired. Links heal, unless the demand is about who is connected all the same ("connected
//      decide"), and then only they are asked. Nodes that are down restart, unless the demand is
//      about those that are not ("survivors decide", "n2 decides"), or the protocol does not bear
//      restarts. Clients that wait ask again, one after the other, and who has learned nothing is
//      asked: so a verdict "holds" means that a decision was reached after those accidents, and was
//      the only one, and a demand that is not met then is met by no waiting.
//
// "n2 decides" is the demand on a proposer that is alone: no timer but n2's fires, and nobody else
// is asked.
//
// Both end when nothing is left to do, when all is settled, or after so many steps beyond one for
// each message and write that is under way by then.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/client.h"
#include "properties/progress.h"
#include "scenarios/format/demand.h"
#include "sim/schedule/fair_schedule.h"
#include "sim/world/clients.h"
#include "sim/world/configuration.h"
#include "sim/world/observation.h"
#include "sim/world/reach.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

/// `C`: what clients ask (sim/world/clients.h).
template <Protocol P, class C>
class Continuation {
 public:
  /// What is promised where cuts stay, of such a configuration, which must outlive it.
  struct Promise {
    const Configuration* configuration = nullptr;
    AmidCuts amid_cuts;
  };

  /// Before the world is started: it observes the list as well. `learned` must outlive it.
  void start(const Demand& demand, bool nodes_restart, const LearnedBy& learned,
             const Promise& promise) {
    demand_ = demand;
    promise_ = promise;
    const bool is_about_all = demand.kind == Demand::Kind::nothing ||
                              demand.kind == Demand::Kind::everybody_decides || is_amid_cuts();
    restarts_ = nodes_restart && is_about_all;
    learned_ = &learned;
    carried_ = {};
    is_playing_ = false;
  }

  void on(const World<P>& world, const Sent<P>& sent) {
    if (is_playing_) {
      fair_.on(world, sent);
    }
  }
  void on(const World<P>& /*world*/, const Called<P>& called) { carried_.add(called.request); }

  /// Plays it, on the world that the list has led to. `take(step)` applies a step, and returns
  /// false when the run is over.
  template <class Take>
  void play(const World<P>& world, Take take) {
    is_playing_ = true;
    fair_.start(world, is_alone() ? NodeSet::only(demand_.node) : world.node_ids());
    is_over_ = false;
    const auto take_now = [&](const Action<P>& action) { do_take({world.now, action}, take); };
    for (const NodeId node : world.node_ids()) {
      if (world[node].is_paused) {
        take_now(ResumeStep{{node}});
      }
    }
    play_on(world, as_left_steps_more, take, [] { return false; });
    repair(world, take_now);
    for (std::uint32_t round = 0; round < rounds_max; ++round) {
      ask_all(world, round, take);
    }
  }

 private:
  static constexpr std::uint32_t as_left_steps_more = 2000;
  static constexpr std::uint32_t ask_steps_more = 1000;  // a decision takes some ten a node
  static constexpr std::uint32_t rounds_max = 3;

  [[nodiscard]] bool is_alone() const { return demand_.kind == Demand::Kind::one_decides; }
  [[nodiscard]] bool is_amid_cuts() const { return demand_.kind == Demand::Kind::connected_decide; }
  /// Of the nodes that are up, those that may be asked.
  [[nodiscard]] NodeSet who_is_asked(const World<P>& world) const {
    const NodeSet up = world.nodes_up();
    return is_amid_cuts()
               ? who_must_decide(*promise_.configuration, promise_.amid_cuts, world.cut, up)
               : up;
  }

  template <class Take>
  void do_take(const Step<P>& step, Take& take) {
    is_over_ = is_over_ || !take(step);
  }

  /// `steps_more` beyond what is under way.
  template <class Take, class IsSettled>
  void play_on(const World<P>& world, std::size_t steps_more, Take& take, IsSettled is_settled) {
    const std::size_t steps_max = steps_more + world.in_flight.size() + world.writes.size();
    Step<P> step;
    for (std::size_t i = 0;
         i < steps_max && !is_over_ && !is_settled() && fair_.try_next(world, step); ++i) {
      do_take(step, take);
    }
  }

  template <class TakeNow>
  void repair(const World<P>& world, TakeNow& take_now) {
    const LinkStep all_links{EndpointSet::all(), EndpointSet::all()};
    if (world.count_cut(all_links) > 0 && !is_amid_cuts()) {
      take_now(HealStep{all_links});
    }
    for (const NodeId node : world.node_ids()) {
      if (world[node].crash_countdown >= 0) {  // a crash of the list that is still to come
        take_now(CrashStep{node, 0, world[node].crash_writes_kept});
      }
      if (restarts_ && !world[node].is_up) {
        take_now(RestartStep{{node}});
      }
    }
  }

  /// Whom the demand is about.
  [[nodiscard]] NodeSet must_learn(const World<P>& world) const {
    return learns<P>
               ? who_is_asked(world) & (is_alone() ? NodeSet::only(demand_.node) : world.node_ids())
           : is_alone() ? NodeSet::only(demand_.node)
                        : NodeSet();
  }

  /// Every client that waits asks, and every node that has learned nothing is asked. What is asked
  /// again in a later round is asked anew, of another node.
  template <class Take>
  void ask_all(const World<P>& world, std::uint32_t round, Take& take) {
    for (std::uint8_t i = 0; i < world.client_count && !is_alone(); ++i) {
      if (world.clients[i].is_waiting) {
        ask(world, {i}, contact(world, i + round), round > 0, take);
      }
    }
    for (const NodeId node : must_learn(world) - learned_->nodes()) {
      ask(world, ClientId{}, node, true, take);
    }
  }

  /// One of those that may be asked, in turn; n1 when none is up.
  [[nodiscard]] NodeId contact(const World<P>& world, std::size_t turn) const {
    const NodeSet up = who_is_asked(world);
    NodeId contact;
    if (!up.is_empty()) {
      auto node = up.begin();
      for (std::size_t i = 0; i < turn % up.size(); ++i) {
        ++node;
      }
      contact = *node;
    }
    return contact;
  }

  template <class Take>
  void ask(const World<P>& world, ClientId client, NodeId node, bool is_new, Take& take) {
    RequestFor<P> request = world[client].request;
    if (is_new) {
      if (world[client].is_waiting) {
        do_take({world.now, AbandonStep{client}}, take);
      }
      ++request.id.number;
      FreshNumbers fresh = carried_.rest();
      request = {{client, request.id.number}, Clients<P, C>::own(fresh())};
    }
    do_take({world.now, AskStep<RequestFor<P>>{node, request}}, take);
    play_on(world, ask_steps_more, take, [&] {
      return !world[client].is_waiting && (must_learn(world) - learned_->nodes()).is_empty();
    });
  }

  Demand demand_;
  Promise promise_;
  bool restarts_ = false;
  const LearnedBy* learned_ = nullptr;
  NumbersCarried<P, C> carried_;  ///< by what clients have asked for
  bool is_playing_ = false;
  bool is_over_ = false;
  static_assert(Schedule<FairSchedule<P>, P>);
  FairSchedule<P> fair_;
};

}  // namespace synod
