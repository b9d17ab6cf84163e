// Files that are whole or not there: written aside, then renamed.
#pragma once

#include <string>
#include <string_view>

namespace synod {

/// Throws InputError when it cannot be written; what was there before is then untouched.
void write_file(const std::string& path, std::string_view contents);
/// Throws what `write_file` would: for asking before the work and not after it. Leaves no trace.
void expect_writable_file(const std::string& path);
/// The same, and throws for one that is there already, unless it may be overwritten (--force).
void expect_new_file(const std::string& path, bool may_overwrite);
/// Makes the folder and those above it, where they do not exist.
void make_folder(const std::string& path);
/// Throws what `make_folder` would, but makes nothing.
void expect_possible_folder(const std::string& path);

}  // namespace synod
