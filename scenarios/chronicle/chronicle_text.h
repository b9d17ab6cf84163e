// A chronicle as the text of its JSON (chronicle.h), for those that are long: as JSON all at once,
// a run takes many times what it takes itself.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "scenarios/chronicle/chronicle.h"

namespace synod {

/// The text of `to_json(chronicle)`, a step or a message at a time. `in_words` is for a value, and
/// puts it on one line; `write` takes what comes next.
void write_json(const Chronicle& chronicle,
                const std::function<std::string(const nlohmann::ordered_json&)>& in_words,
                const std::function<void(std::string_view)>& write);

}  // namespace synod
