// Files that are whole or not there: written aside, then renamed.
//
// A symbolic link is written through: what it leads to is replaced, or made. What is no file (a
// pipe, a terminal, /dev/null) is written to as it is, and one of our own descriptors (/dev/stdout,
// /dev/fd/3, and "-" where it is standard output) where it stands. Every complaint names the file
// and the system's reason.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace synod {

/// Throws InputError when it cannot be written; what was there before is then untouched.
void write_file(const std::string& path, std::string_view contents);
/// Throws what `write_file` would: for asking before the work and not after it. Touches nothing.
void expect_writable_file(const std::string& path);
/// The same, and throws for one that is there already, unless it may be overwritten (--force).
void expect_new_file(const std::string& path, bool may_overwrite);
/// Makes the folder and those above it, where they do not exist.
void make_folder(const std::string& path);
/// Throws what `make_folder` would, but makes nothing.
void expect_possible_folder(const std::string& path);
/// Throws what would come of making its folder, then writing the file; touches nothing.
void expect_possible_file(const std::string& path);
/// The longest name that a file in this folder may have; the folder need not be there yet.
std::size_t name_size_max(const std::string& folder);

/// Whether both lead to one file: by other names, links or relative paths too, and also where it is
/// not there yet. Of pipes and devices this is never said, nor of two descriptors of our own: who
/// writes there overwrites nothing.
bool is_same_file(const std::string& one, const std::string& other);
/// Whether the file is, or would be, directly in that folder.
bool is_in_folder(const std::string& file, const std::string& folder);
/// Whether making this folder takes a place at which that file is, or would be.
bool takes_place_of(const std::string& folder, const std::string& file);

/// The files of a verb that has more to say than that one of them cannot be written: the others are
/// written all the same, its report is printed, and only then comes the first complaint.
class WrittenFiles {
 public:
  /// Returns whether it is there now. An empty path stands for a file that was not asked for.
  bool try_write(const std::string& path, std::string_view contents);
  /// Of anything else that comes to nothing, as a folder that cannot be made; nothing when empty.
  void note(const std::string& complaint);
  /// The first one; empty when all was written.
  [[nodiscard]] const std::string& complaint() const { return complaint_; }
  /// The last that could not be written found no room.
  [[nodiscard]] bool was_full() const { return was_full_; }
  /// Throws InputError for the first that could not be written.
  void expect_all() const;

 private:
  std::string complaint_;
  bool was_full_ = false;
};

}  // namespace synod
