// A name with what it means, for listings. Both are literals.
#pragma once

#include <string_view>

namespace synod {

struct NamedText {
  std::string_view name;
  std::string_view about;
};

}  // namespace synod
