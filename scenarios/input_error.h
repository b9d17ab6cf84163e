// Bad input: one clear line that says where, what is wrong, and what would be right.
#pragma once

#include <stdexcept>
#include <string>

namespace synod {

class InputError : public std::runtime_error {
 public:
  explicit InputError(const std::string& line) : std::runtime_error(line) {}
};

}  // namespace synod
