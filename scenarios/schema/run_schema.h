// The JSON schema of scenarios and traces, as a program reads and writes them: what those of any
// protocol have (any_protocol.json, beside this), with the options and the operations of the ones
// that it knows. run.schema.json is that of our own program: `synod list schema`.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string_view>

namespace synod {

struct ProtocolEntry;

nlohmann::ordered_json run_schema(std::span<const ProtocolEntry> protocols);

/// The text of any_protocol.json, in pieces. The build packs it.
std::span<const std::string_view> schema_of_any_protocol();

}  // namespace synod
