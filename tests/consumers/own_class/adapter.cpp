// The replicated map under test: what goes into the class, and what comes out of it.
#include <synod/testbed.h>

#include "replica.h"

namespace {
using synod::NodeId;
using Store = synod::KeyValueStore;
using Packet = synod::Named<"packet", shop::Packet>;
using Log = std::vector<shop::Command>;

struct Adapter : synod::NodeOf<Adapter, Store::Operation, std::variant<Packet>, Log,
                               synod::ResultOf<std::string>> {
  static constexpr std::string_view name = "own_class";
  shop::Replica replica;

  void start(const Config& config, NodeId self, const Log& disk, Out& out) {
    replica = shop::Replica(self.index, config.node_count, disk);
    on(config, Timer::tick, out);
  }
  void on(const Config& /*config*/, NodeId from, const Message& message, Out& out) {
    replica.receive(from.index, std::get<Packet>(message));
    pump(out);
  }
  void on(const Config& /*config*/, const Request& request, Out& out) {
    const auto& [kind, key, value] = request.operation;
    const shop::Command command{request.id.as_number(), kind == Store::Kind::put, key, value};
    replica.is_primary() ? replica.submit(command)
                         : out.reply({request.id, {"", synod::Standing::refused}});
    pump(out);
  }
  void on(const Config& config, Timer /*tick*/, Out& out) {
    replica.tick();
    out.set_timer(Timer::tick, config.hop * 2, config.hop * 4);
    pump(out);
  }
  void pump(Out& out) {
    if (replica.take_dirty()) {
      out.persist(replica.log());
    }
    for (const shop::Packet& packet : replica.take_outbox()) {
      out.send_once_durable(NodeId{static_cast<std::uint8_t>(packet.to)}, Packet{packet});
    }
    for (const shop::Answer& answer : replica.take_answers()) {
      out.reply_once_durable({synod::RequestId::from_number(answer.id), {answer.value}});
    }
  }
  static constexpr void fields(auto& self, auto&& visit) { visit("replica", self.replica); }
  bool operator==(const Adapter&) const = default;
};
struct Testing : synod::TestbedOf<Adapter, synod::KeyValueClients, synod::Linearizable<Store>> {
  static bool can_decide(const synod::Configuration& configuration, synod::NodeSet up) {
    return up.contains(NodeId{0}) && up.size() > configuration.node_count / 2;
  }
  static void fit(synod::Configuration& configuration, const synod::Luck& /*luck*/) {
    configuration.contacts = configuration.node_count;  // else nobody may ask the primary
  }
};
const synod::RegisteredProtocol<Testing> registered;
}  // namespace
