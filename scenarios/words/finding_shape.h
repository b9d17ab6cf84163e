// When two findings are the same but for who is in them.
#pragma once

#include <string>

namespace synod {

/// "n2 voted for red in ballot 2.n3" → "N1 voted for V1 in ballot B1": equal for two findings that
/// differ in names only.
std::string shape_of(const std::string& finding);

}  // namespace synod
