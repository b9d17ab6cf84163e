#include "tools/support/named_files.h"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>

#include "scenarios/format/complaint.h"
#include "scenarios/words/input_error.h"
#include "tools/support/files.h"
#include "tools/support/standard_streams.h"

namespace synod {
namespace {

using Use = NamedFile::Use;

std::string said(const NamedFile& file) {
  return fmt::format("{} {}", file.option, in_quotes(*file.path));
}

bool is_given(const NamedFile& file) {
  return file.path != nullptr && !file.path->empty() &&
         (file.is_file == nullptr || file.is_file(*file.path));
}

/// Throws where writing `output` would cost `other`.
void expect_apart(const std::string& verb, const NamedFile& output, const NamedFile& other) {
  switch (other.use) {
    case Use::input:
    case Use::output:
      if (output.may_replace != &other && is_same_file(*output.path, *other.path)) {
        throw InputError(fmt::format("{}: {} is the same file as {}: give another", verb,
                                     said(output), said(other)));
      }
      return;
    case Use::input_folder:
      if (is_in_folder(*output.path, *other.path) &&
          std::filesystem::path(*output.path).extension() == ".json") {
        throw InputError(fmt::format("{}: {} would be read as one of those in {}: give another",
                                     verb, said(output), said(other)));
      }
      return;
    case Use::output_folder:
      if (takes_place_of(*other.path, *output.path)) {
        throw InputError(fmt::format("{}: {} is where the folder {} is to be made: give another",
                                     verb, said(output), said(other)));
      }
      return;
  }
}

bool is_standard_output(const NamedFile& file) {
  return file.may_be_standard_output && is_given(file) && *file.path == standard_output_name;
}

/// Where one is that. Files that are merely called the same keep their meaning.
void leave_standard_output(const std::string& verb, std::deque<NamedFile>& files) {
  const NamedFile* to = nullptr;
  for (const NamedFile& file : files) {
    if (is_standard_output(file)) {
      if (to != nullptr) {
        throw InputError(
            fmt::format("{}: both {} and {} are standard output: give one of them a file", verb,
                        said(*to), said(file)));
      }
      to = &file;
    }
  }
  if (to == nullptr) {
    return;
  }
  for (const NamedFile& file : files) {
    if (is_given(file) && &file != to && *file.path == standard_output_name) {
      *file.path = fmt::format("./{}", standard_output_name);
    }
  }
  leave_standard_output_to_its_file();
}

/// What is printed goes there, too, and nobody declares it.
void expect_apart_from_standard_output(const std::string& verb, const NamedFile& file) {
  const bool is_one_file = file.use == Use::input || file.use == Use::output;
  if (is_one_file && is_same_file(*file.path, "/dev/stdout")) {
    throw InputError(
        fmt::format("{}: standard output is the same file as {}: give another", verb, said(file)));
  }
}

/// A file of its own for each that was given together with others. Those that are there stay where
/// they are.
void take_apart(std::deque<NamedFile>& files) {
  const std::size_t declared = files.size();
  for (std::size_t i = 0; i < declared; ++i) {
    std::vector<std::string>* const paths = files[i].paths;
    for (std::size_t j = 0; paths != nullptr && j < paths->size(); ++j) {
      NamedFile& file = j == 0 ? files[i] : files.emplace_back(files[i]);
      file.path = &(*paths)[j];
    }
  }
}

}  // namespace

void settle(const std::string& verb, std::deque<NamedFile>& files) {
  take_apart(files);
  for (const NamedFile& file : files) {
    if (file.unless_given && file.path->empty()) {
      *file.path = file.unless_given();
    }
  }
  for (const NamedFile& file : files) {
    if (!is_given(file) || is_standard_output(file)) {
      continue;
    }
    expect_apart_from_standard_output(verb, file);
    if (file.use != Use::output) {
      continue;
    }
    for (const NamedFile& other : files) {
      if (&other != &file && is_given(other) && !is_standard_output(other)) {
        expect_apart(verb, file, other);
      }
    }
  }
  leave_standard_output(verb, files);
  for (const NamedFile& file : files) {
    if (is_given(file) && file.use == Use::output) {
      expect_new_file(*file.path, file.is_forced == nullptr || *file.is_forced ||
                                      (file.is_own && file.is_own(*file.path)));
    } else if (is_given(file) && file.use == Use::output_folder) {
      expect_possible_folder(*file.path);
    }
  }
}

}  // namespace synod
