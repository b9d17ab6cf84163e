// The faults of a file that have a time of their own: `"faults": [{"at": 300, "fault": "cut", …}]`.
// Each is read into what is to happen at one moment: a cut both ways is two, and so is a fault with
// its end (`until`). They are written as such, too.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "scenarios/format/located_json.h"
#include "scenarios/format/step_reader.h"
#include "sim/world/configuration.h"

namespace synod {

/// One of those, with the place in the file's list from which it was read.
struct ReadFault {
  TimedFault fault;
  std::size_t entry = 0;
  bool is_end = false;  ///< of what the entry names
};

/// In the order of their times; of those that come together, ends come first, and then what stands
/// first. Throws InputError. Whether they make sense is for scenarios/library/timed_sense.h.
std::vector<ReadFault> read_fault_entries(const Located& list, Cluster cluster);
std::vector<TimedFault> read_faults(const Located& list, Cluster cluster);

nlohmann::ordered_json to_json(const std::vector<TimedFault>& faults);
/// Without its time and its kind.
nlohmann::ordered_json fields_of(const TimedFault& fault);
std::string_view name_of(const TimedFault& fault);

}  // namespace synod
