// The figures of `synod whatif --json`, for the viewer to draw.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "scenarios/chronicle/chronicle.h"

namespace synod {

/// The WhatIf of tools/viewer/src/data.ts: steps by their place in the chronicle. Throws
/// InputError, naming the file, for one that holds no such figures, or those of another trace.
nlohmann::ordered_json read_what_if_curve(const std::string& file, const Chronicle& chronicle);

}  // namespace synod
