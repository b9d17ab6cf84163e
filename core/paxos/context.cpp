#include "core/paxos/context.h"

#include <fmt/format.h>

#include <string_view>

namespace synod::paxos {

std::vector<std::string> Config::unlike(const Config& right) const {
  std::vector<std::string> settings;
  const auto add = [&](std::string_view what, std::uint8_t size, std::uint8_t due) {
    if (size != due) {
      settings.push_back(fmt::format("a quorum that {} is of {} instead of {}", what, size, due));
    }
  };
  add("promises", quorums.phase1_size, right.quorums.phase1_size);
  add("chooses", quorums.phase2_size, right.quorums.phase2_size);
  return settings;
}

}  // namespace synod::paxos
