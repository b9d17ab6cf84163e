#include "scenarios/format/undemanded.h"

#include <fmt/format.h>

#include "core/text.h"
#include "sim/world/settling.h"

namespace synod {

std::string_view to_text(Undemanded undemanded) {
  switch (undemanded) {
    case Undemanded::is_demanded:
      return "it was demanded";
    case Undemanded::stays_broken:
      return "what is broken stays broken";
    case Undemanded::too_few_up:
      return "those who are up at the end cannot decide";
    case Undemanded::too_little_time:
      return "progress is shorter than delays, disks, clocks and time-outs make necessary";
    case Undemanded::out_of_steps:
      return "the limit of steps came first";
    case Undemanded::nobody_connected:
      return "with the cuts that stay, the protocol promises of nobody to decide";
  }
  return {};
}

std::string to_text(Undemanded undemanded, const Configuration& configuration) {
  if (undemanded == Undemanded::too_little_time) {
    return fmt::format(
        "progress is {}, and with these delays, disks, clocks and time-outs it may take {}: give "
        "that much, or 0 for as long as it takes",
        configuration.progress, progress_needed(configuration));
  }
  if (undemanded == Undemanded::stays_broken) {
    return "ending is \"broken\": what is broken stays broken";
  }
  return std::string(to_text(undemanded));
}

}  // namespace synod
