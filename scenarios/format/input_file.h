// What a file holds. Whatever stands where a file should, reading it ends: in the text, or in one
// line that says what is wrong.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace synod {

/// None where it is larger than that, which of a file is known before it is read. Throws InputError
/// when it cannot be read. A pipe is read to its end, but one that nobody writes to is not waited
/// for.
std::optional<std::string> read_input_file(const std::string& path, std::size_t size_max);

/// Throws InputError for anything but a file that can be read at any time: a pipe, a device, a
/// folder, a link to nowhere.
void expect_regular_file(const std::string& path);

}  // namespace synod
