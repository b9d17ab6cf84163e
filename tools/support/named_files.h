// The files that a command line names. Each verb declares what it reads and what it writes, and
// before it begins, all of them are looked at together: so that no verb can forget it, nothing that
// is read is overwritten, no output takes another's place, and what cannot be written is said
// before the work and not after it.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace synod {

struct NamedFile {
  enum class Use : std::uint8_t {
    input,
    input_folder,  ///< of which every *.json is read
    output,
    output_folder,  ///< in which files are made
  };

  std::string option;  ///< "--json", or "TRACE" for what stands alone
  Use use = Use::input;
  std::string* path = nullptr;  ///< empty: not given
  /// In place of `path`: any number of inputs.
  std::vector<std::string>* paths = nullptr;
  /// Whether what was given is a file; null: always. A scenario may also go by its name.
  bool (*is_file)(const std::string& text) = nullptr;
  std::function<std::string()> unless_given;  ///< of an output: where it goes then
  const bool* is_forced = nullptr;  ///< of an output: without it, nothing that is there is replaced
  /// Of an output that is not forced: what is there may be replaced all the same.
  std::function<bool(const std::string& path)> is_own;
  const NamedFile* may_replace = nullptr;  ///< of an output: this input, when it is forced
  bool may_be_standard_output = false;     ///< an output that is, where it is called "-"
};

/// Sets those that are not given and have a place of their own then. Throws InputError, naming the
/// options, for what cannot be.
void settle(const std::string& verb, std::deque<NamedFile>& files);

}  // namespace synod
