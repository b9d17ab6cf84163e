// The rules that the sources must keep, each a function from files to what breaks it. Every rule
// has two kinds of tests: that the tree keeps it, and that a planted breach is found.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "tests/rules/source_tree.h"

namespace synod::rules {

struct Finding {
  std::string path;
  int line = 0;         // the first line is 1; 0 where it is the file itself
  std::string message;  // what is wrong, and what would be right

  friend std::ostream& operator<<(std::ostream& out, const Finding& finding) {
    return out << finding.path << ':' << finding.line << ": " << finding.message;
  }
};

using Files = std::vector<File>;
using Findings = std::vector<Finding>;
using Rule = Findings (*)(const Files&);

/// Includes point one way: core <- sim <- properties <- scenarios <- tools; tests include anything.
/// Our own headers are named by their whole path, in quotes.
Findings includes_point_one_way(const Files& files);

/// So they do within a floor: a room includes those above it in the table of rooms, which has every
/// folder with sources. No room holds more files than are seen at a glance.
Findings includes_between_rooms_point_one_way(const Files& files);

/// A folder of tests holds no more files than a room does.
Findings folders_of_tests_are_seen_at_a_glance(const Files& files);

/// A source or document of ours that a comment, or a page, names is there.
Findings what_is_named_is_there(const Files& files);

/// Some libraries have one place: CLI11 one file (it compiles slowly), RapidCheck tests/rapidcheck,
/// JSON never below scenarios and in no header that a guest compiles, GoogleTest only tests.
Findings libraries_keep_their_place(const Files& files);

/// No luck, clocks, threads, unordered containers, floating point, exceptions, files or printing
/// where runs must be the same bytes everywhere: core, sim and properties.
Findings the_engine_uses_nothing_banned(const Files& files);

/// What is one protocol's lies in its own folders and files, and nothing else names one: adding a
/// protocol is adding its files.
Findings only_its_own_files_name_a_protocol(const Files& files);

/// Threads are started in tools/long_work/workers.cpp alone, so that what one of them meets ends
/// the command.
Findings threads_have_one_place(const Files& files);

/// What is thrown in `scenarios`, for whoever calls it from `tools`, is thrown in input_error.cpp.
Findings exceptions_have_one_place(const Files& files);

/// JSON is written by scenarios/words/safe_text.h alone, which keeps what others wrote from doing
/// harm where it is shown, and knows what JSON cannot hold.
Findings json_is_written_in_one_place(const Files& files);

/// No variable in core, sim or properties outlives a call, unless it is a constant.
Findings the_engine_has_no_global_state(const Files& files);

/// The top of the project holds the folders of the design, and a handful of files.
Findings the_top_level_is_as_designed(const Files& files);

/// Files and folders are named in snake_case.
Findings names_are_snake_case(const Files& files);

/// Every header has #pragma once, and those of core, sim and properties begin with a comment that
/// says what they are for.
Findings headers_begin_well(const Files& files);

/// Nothing was left behind: notes to oneself, merge markers, debug modes of the standard library.
Findings no_leftovers(const Files& files);

/// No tabs, no blanks at the end of a line, no carriage returns; a file ends with one newline.
Findings whitespace_is_clean(const Files& files);

}  // namespace synod::rules
