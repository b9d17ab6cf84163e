// Bad input: one clear line that says where, what is wrong, and what would be right.
#pragma once

#include <stdexcept>
#include <string>

namespace synod {

class InputError : public std::runtime_error {
 public:
  explicit InputError(const std::string& line) : std::runtime_error(line) {}
};

/// Throws InputError: what is said here of functions that throw it, they do through this. Built
/// without exceptions (-fno-exceptions), the library has no such function: the program defines it,
/// tells the line to whoever gave the input, and does not come back to what was reading it. A
/// command ends there; a page throws the line as an error of its own, and begins anew.
[[noreturn]] void refuse(const std::string& complaint);

}  // namespace synod
