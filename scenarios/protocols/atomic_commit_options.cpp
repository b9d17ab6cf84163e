#include "scenarios/protocols/atomic_commit_options.h"

#include <fmt/format.h>

#include "core/text.h"

namespace synod {

std::string AtomicCommitOptions::complaint(const Configuration& configuration) const {
  const NodeSet participants = NodeSet::first(configuration.node_count) - NodeSet::only({0});
  return (refusing - participants).is_empty()
             ? std::string()
             : fmt::format("refusing is {}: give nodes that take part, which are {}",
                           to_text(refusing), to_text(participants));
}

void AtomicCommitOptions::draw_uniform(const Configuration& configuration, const Luck& luck) {
  Draws draws(luck, Stream::transaction, 0);
  if (configuration.node_count > 1 && draws.chance({1, 4})) {
    const std::uint32_t participant = 1 + draws.below(configuration.node_count - 1);
    refusing = NodeSet::only({static_cast<std::uint8_t>(participant)});
  }
}

void AtomicCommitOptions::draw(const Configuration& configuration, const OptionLuck& luck) {
  draw_uniform(configuration, luck.luck);
  Draws draws(luck.luck, Stream::by_name, entity_of("some refuse"));
  if (configuration.node_count > 1 && draws.chance({1, 32})) {
    const std::uint32_t sets = (1U << (configuration.node_count - 1)) - 1;  // with somebody in them
    refusing = NodeSet(static_cast<std::uint16_t>((1 + draws.below(sets)) << 1U));
  }
}

std::string AtomicCommitOptions::cluster_text(const Configuration& /*configuration*/) const {
  return refusing.is_empty() ? std::string()
                             : fmt::format(" of which {} vote no", to_text(refusing));
}

std::string PaxosCommitOptions::complaint(const Configuration& configuration) const {
  std::string complaint = AtomicCommitOptions::complaint(configuration);
  if (complaint.empty() && acceptor_count > configuration.node_count) {
    return fmt::format("acceptor_count is {}: give 0 to {}", acceptor_count,
                       configuration.node_count);
  }
  if (complaint.empty() && acceptor_count != 0 && acceptor_count % 2 == 0) {
    return fmt::format("acceptor_count is {}: give an odd number, or 0 for all", acceptor_count);
  }
  return complaint;
}

void PaxosCommitOptions::draw_uniform(const Configuration& configuration, const Luck& luck) {
  AtomicCommitOptions::draw_uniform(configuration, luck);
  Draws draws(luck, Stream::transaction, 1);
  if (draws.chance({1, 4})) {  // fewer acceptors than nodes
    acceptor_count = 1 + 2 * draws.below((configuration.node_count + 1) / 2);
  }
}

void PaxosCommitOptions::draw(const Configuration& configuration, const OptionLuck& luck) {
  draw_uniform(configuration, luck.luck);
  AtomicCommitOptions::draw(configuration, luck);
}

std::vector<PaxosCommitOptions> PaxosCommitOptions::with_a_node_less(
    const Configuration& configuration) const {
  PaxosCommitOptions fewer = *this;
  if (fewer.acceptor_count >= configuration.node_count) {
    fewer.acceptor_count -= 2;  // an odd number
  }
  return {fewer};
}

std::string PaxosCommitOptions::cluster_text(const Configuration& configuration) const {
  std::string votes = AtomicCommitOptions::cluster_text(configuration);
  if (acceptor_count == 0) {
    return votes;
  }
  return fmt::format("{}{} {} {}", votes, votes.empty() ? " of which" : " and", acceptor_count,
                     acceptor_count == 1 ? "is an acceptor" : "are acceptors");
}

}  // namespace synod
