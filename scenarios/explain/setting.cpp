#include "scenarios/explain/setting.h"

#include <fmt/format.h>

#include "scenarios/chronicle/rule_texts.h"
#include "scenarios/explain/telling.h"

namespace synod {
namespace {

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

std::string setting_text(const Chronicle& chronicle) {
  const ProtocolWords* words = words_of(chronicle.protocol);
  if (words != nullptr && words->telling != nullptr && words->telling->setting != nullptr) {
    return words->telling->setting(chronicle);
  }
  return fmt::format("{} and {}.", counted(chronicle.nodes.size(), "node"),
                     counted(chronicle.clients.size(), "client"));
}

}  // namespace synod
