// The schema of scenarios and traces as tables for people: each object with its fields, how each is
// written, and what it says.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace synod {

struct SchemaField {
  std::string name;
  std::string written;  ///< "1 to 9", "\"n1\""
  std::string about;    ///< may be empty
};
struct SchemaTable {
  std::string title;  ///< "configuration", "faults: crash"
  std::string about;
  std::vector<SchemaField> fields;
};

/// Of a schema as run_schema (scenarios/schema/run_schema.h) gives it: the file, the configuration,
/// what is expected, the timed faults and the steps.
std::vector<SchemaTable> tables_of(const nlohmann::ordered_json& schema);

}  // namespace synod
