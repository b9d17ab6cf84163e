// A fault is one file: what is added to sim/faults/ is found by everybody who does something about
// faults, and named by nobody. `stale_read` shows it: it is in its own file and in the list.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "tests/rules/rule_testing.h"

namespace synod::rules {
namespace {

using testing::ElementsAre;

/// Of the written files that are no tests, those in which one of these words stands.
std::vector<std::string> files_with(const std::array<std::string_view, 2>& words) {
  constexpr std::array<std::string_view, 5> folders = {"core", "sim", "properties", "scenarios",
                                                       "tools"};
  std::vector<std::string> paths;
  for (const File& file : source_tree()) {
    const bool is_ours =
        file.is_code() && std::ranges::find(folders, file.folder()) != folders.end();
    if (is_ours && std::ranges::any_of(words, [&](std::string_view word) {
          return file.text.find(word) != std::string::npos;
        })) {
      paths.push_back(file.path);
    }
  }
  std::ranges::sort(paths);
  return paths;
}

TEST(Faults, AreEachOneFileAndALineInTheList) {
  EXPECT_THAT(files_with({"stale_read", "StaleRead"}),
              ElementsAre("sim/faults/faults.h", "sim/faults/stale_read.h"));
}

TEST(Faults, AreAllInTheList) {
  const auto list = std::ranges::find(source_tree(), "sim/faults/faults.h", &File::path);
  ASSERT_NE(list, source_tree().end());
  constexpr std::array<std::string_view, 3> shared = {"sim/faults/fault.h", "sim/faults/faults.h",
                                                      "sim/faults/trouble.h"};
  for (const File& file : source_tree()) {
    if (file.is_in("sim/faults") && std::ranges::find(shared, file.path) == shared.end()) {
      EXPECT_NE(list->text.find("#include \"" + file.path + "\""), std::string::npos) << file.path;
    }
  }
}

}  // namespace
}  // namespace synod::rules
