// Paxos after an edit, as its user may make one: for traces that were kept before it.
//
// An `Edit` says what has changed; each node has one, to keep what it needs. Its nodes are Paxos
// nodes all the same, bugs planted in them included, and what they do is judged as what Paxos does.
//
//   using Message                        a variant, Paxos's messages among its types
//   send(out, to, message)               what goes out where Paxos sends one of its messages
//   receive(from, message, out)          what else is done about a message
//   timer_name(timer)
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "core/fields.h"
#include "core/paxos/node.h"
#include "properties/paxos/witness.h"
#include "scenarios/protocols/paxos_setup.h"
#include "scenarios/run/protocol_runner.h"

namespace synod::testing {

template <class M>
inline constexpr bool is_paxos_message = std::is_constructible_v<paxos::Message, const M&>;

template <class Edit>
struct EditedPaxos : OneDecision {
  static constexpr std::string_view name = "paxos";
  using Message = typename Edit::Message;
  using Durable = paxos::Durable;
  using Timer = paxos::Timer;
  using Config = paxos::Config;
  using Output = Effects<Message, Durable, Timer, OneDecision::Result, Value>;
  static constexpr std::size_t timer_count = paxos::timer_count;
  static constexpr std::string_view timer_name(Timer timer) { return Edit::timer_name(timer); }

  class Node {
   public:
    void start(const Config& config, NodeId self, const Durable& disk, Output& out) {
      pass_on(out, [&](paxos::Output& inner) { node_.start(config, self, disk, inner); });
    }
    void on(const Config& config, NodeId from, const Message& message, Output& out) {
      std::visit(
          [&]<class M>(const M& m) {
            if constexpr (is_paxos_message<M>) {
              pass_on(out, [&](paxos::Output& inner) { node_.on(config, from, m, inner); });
            }
            edit_.receive(from, m, out);
          },
          message);
    }
    void on(const Config& config, const Request& request, Output& out) {
      pass_on(out, [&](paxos::Output& inner) { node_.on(config, request, inner); });
    }
    void on(const Config& config, Timer timer, Output& out) {
      pass_on(out, [&](paxos::Output& inner) { node_.on(config, timer, inner); });
    }
    bool operator==(const Node&) const = default;
    static constexpr void fields(auto& self, auto&& visit) {
      visit("node", self.node_);
      visit_parts(visit, self.edit_);
    }

   private:
    using Inner = paxos::Output;

    template <class Act>
    void pass_on(Output& out, Act act) {
      Inner inner;
      inner.set_now(out.now());
      act(inner);
      for (const auto& effect : inner) {
        std::visit([&](const auto& one) { pass_on_one(out, one); }, effect);
      }
    }
    void pass_on_message(Output& out, NodeId to, const paxos::Message& message) {
      std::visit([&](const auto& m) { edit_.send(out, to, m); }, message);
    }
    void pass_on_one(Output& out, const Inner::Send& send) {
      pass_on_message(out, send.to, send.message);
    }
    void pass_on_one(Output& out, const Inner::SendOnceDurable& send) {
      pass_on_message(out, send.to, send.message);
    }
    void pass_on_one(Output& out, const Inner::Persist& persist) { out.persist(persist.state); }
    void pass_on_one(Output& out, const Inner::SetTimer& set) {
      out.set_timer(set.timer, set.earliest, set.latest);
    }
    void pass_on_one(Output& out, const Inner::CancelTimer& cancel) {
      out.cancel_timer(cancel.timer);
    }
    void pass_on_one(Output& out, const Inner::Reply& reply) { out.reply(reply.answer); }
    void pass_on_one(Output& out, const Inner::Learn& learn) { out.learn(learn.value); }
    void pass_on_one(Output& out, const Inner::Draw& draw) { out.draw(draw.count); }
    void pass_on_one(Output& out, const Inner::Apply& apply) { out.apply(apply.entry); }
    void pass_on_one(Output& out, const Inner::Broken& broken) {
      out.expect(false, broken.invariant);
    }

    paxos::Node node_;
    Edit edit_;
  };
};

/// The witness of Paxos, told of an edited one what Paxos has as well.
template <class P>
class EditedWitness {
 public:
  void start(const QuorumSystem& quorums, std::span<const std::string_view> given_up) {
    witness_.start(quorums, given_up);
    world_.clear();
  }
  void finish() { witness_.finish(); }
  void report(const PropertyText& property, const std::string& finding) {
    witness_.report(property, finding);
  }
  [[nodiscard]] const Findings& findings() const { return witness_.findings(); }
  [[nodiscard]] std::uint32_t probes_reached() const { return witness_.probes_reached(); }
  [[nodiscard]] bool is_decided() const { return witness_.is_decided(); }
  [[nodiscard]] std::string news_since_decided(bool was_decided) const {
    return witness_.news_since_decided(was_decided);
  }

  void on(const World<P>& world, const Sent<P>& sent) {
    with_packet(sent.packet, [&](const Packet<paxos::Protocol>& packet) {
      if (packet.from.is_node()) {
        world_[packet.from.node()].disk = world[packet.from.node()].disk;
      }
      witness_.on(world_, Sent<paxos::Protocol>{sent.slot, packet, sent.is_duplicate});
    });
  }
  void on(const World<P>& /*world*/, const Delivered<P>& delivered) {
    with_packet(delivered.packet, [&](const Packet<paxos::Protocol>& packet) {
      witness_.on(world_, Delivered<paxos::Protocol>{delivered.slot, packet});
    });
  }
  void on(const World<P>& /*world*/, const Stored<P>& stored) {
    witness_.on(world_, Stored<paxos::Protocol>{stored.node, stored.before, stored.after});
  }
  void on(const World<P>& /*world*/, const Learned<P>& learned) {
    witness_.on(world_, Learned<paxos::Protocol>{learned.node, learned.value});
  }
  void on(const World<P>& /*world*/, const Restarted& event) { witness_.on(world_, event); }
  void on(const World<P>& /*world*/, const Called<P>& called) {
    witness_.on(world_, Called<paxos::Protocol>{called.request});
  }
  void on(const World<P>& /*world*/, const Returned<P>& returned) {
    witness_.on(world_,
                Returned<paxos::Protocol>{returned.request, returned.result, returned.standing});
  }
  void on(const World<P>& /*world*/, const Broken& broken) { witness_.on(world_, broken); }
  void on(const World<P>& /*world*/, const LimitMet& met) { witness_.on(world_, met); }

 private:
  template <class Tell>
  static void with_packet(const Packet<P>& edited, Tell tell) {
    Packet<paxos::Protocol> packet;
    packet.from = edited.from;
    packet.to = edited.to;
    std::visit(
        [&]<class Payload>(const Payload& payload) {
          if constexpr (std::is_same_v<Payload, typename P::Message>) {
            std::visit(
                [&]<class M>(const M& message) {
                  if constexpr (is_paxos_message<M>) {
                    packet.payload = paxos::Message(message);
                    tell(packet);
                  }
                },
                payload);
          } else {
            packet.payload = payload;
            tell(packet);
          }
        },
        edited.payload);
  }

  paxos::Witness witness_;
  World<paxos::Protocol> world_;  ///< of which only disks are asked
};

template <class Edit>
struct EditedSetup : PaxosSetup {
  using Protocol = EditedPaxos<Edit>;
  using Witness = EditedWitness<Protocol>;
  void start(Witness& witness, const paxos::Config& config,
             const Configuration& /*configuration*/) const {
    witness.start(config.quorums, planted.gives_up());
  }
};

template <class Edit>
std::unique_ptr<Runner> make_edited_runner(const std::vector<std::string>& mutants) {
  RunChoices choices;
  choices.mutants = mutants;
  return std::make_unique<ProtocolRunner<EditedSetup<Edit>>>(
      EditedSetup<Edit>{{Planted<paxos::Protocol>(mutants)}}, choices);
}

// ---- The edits ----------------------------------------------------------------------------------

/// Paxos as it is, for the others to change one thing of it.
template <class SomeMessage>
struct NoEdit {
  using Message = SomeMessage;
  static void send(auto& out, NodeId to, const auto& message) { out.send(to, message); }
  static void receive(NodeId /*from*/, const auto& /*message*/, auto& /*out*/) {}
  static constexpr std::string_view timer_name(paxos::Timer timer) {
    return paxos::Protocol::timer_name(timer);
  }
  bool operator==(const NoEdit&) const = default;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
};

template <class... Own>
struct WithMessages {
  template <class Variant>
  struct Added;
  template <class... Ms>
  struct Added<std::variant<Ms...>> {
    using Type = std::variant<Ms..., Own...>;
  };
  using Type = typename Added<paxos::Message>::Type;
};

/// An extra message: who is told the decision says that it has heard.
struct Heard {
  static constexpr std::string_view name = "heard";
  static constexpr bool relies_on_disk = false;
  Ballot ballot;
  static constexpr void fields(auto& self, auto&& visit) { visit("ballot", self.ballot); }
  bool operator==(const Heard&) const = default;
};
struct ExtraMessage : NoEdit<WithMessages<Heard>::Type> {
  using NoEdit::receive;
  static void receive(NodeId from, const paxos::Decide& decide, auto& out) {
    out.send(from, Heard{decide.ballot});
  }
};

/// An extra round: a proposer knocks before it asks for a promise, and who lets it in for a ballot
/// that it has left behind is not asked.
struct Knock {
  static constexpr std::string_view name = "knock";
  static constexpr bool relies_on_disk = true;  // the ballot in it is tried, as in a Prepare
  Ballot ballot;
  Value value;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("ballot", self.ballot);
    visit("value", self.value);
  }
  bool operator==(const Knock&) const = default;
};
struct Enter : Knock {
  static constexpr std::string_view name = "enter";
  static constexpr bool relies_on_disk = false;
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, as_base<Knock>(self));
  }
  bool operator==(const Enter&) const = default;
};
struct ExtraRound : NoEdit<WithMessages<Knock, Enter>::Type> {
  using NoEdit::receive;
  using NoEdit::send;
  Ballot knocked;  ///< the latest, since the start
  void send(auto& out, NodeId to, const paxos::Prepare& prepare) {
    knocked = prepare.ballot;
    out.send(to, Knock{prepare.ballot, prepare.value});
  }
  static void receive(NodeId from, const Knock& knock, auto& out) {
    out.send(from, Enter{{knock.ballot, knock.value}});
  }
  void receive(NodeId from, const Enter& enter, auto& out) const {
    if (enter.ballot == knocked) {
      out.send(from, paxos::Prepare{enter.ballot, enter.value});
    }
  }
  bool operator==(const ExtraRound&) const = default;
  static constexpr void fields(auto& self, auto&& visit) { visit("knocked", self.knocked); }
};

/// Renamed timers.
struct RenamedTimers : NoEdit<paxos::Message> {
  static constexpr std::string_view timer_name(paxos::Timer timer) {
    constexpr std::string_view names[paxos::timer_count] = {"ballot_timeout", "pause", "patience",
                                                            "read_timeout", "ask_around"};
    return names[static_cast<std::size_t>(timer)];
  }
};

}  // namespace synod::testing
