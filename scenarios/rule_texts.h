// Which rule of a protocol decides about which input, for those who read a run step by step.
#pragma once

#include <string_view>

#include "scenarios/chronicle.h"

namespace synod {

/// `input` is as in Chronicle::Step. Empty where no rule decides anything (an inquiry, a repeated
/// word), and for a protocol that is not here.
Chronicle::Rule rule_for(std::string_view protocol, std::string_view input);

}  // namespace synod
