#include "tools/files.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "scenarios/input_error.h"

namespace synod {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::IsEmpty;

/// An empty folder for each test.
class Files : public testing::Test {
 protected:
  void SetUp() override {
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(testing::TempDir()) /
              fmt::format("synod_{}_{}", test->name(), getpid());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      names.push_back(entry.path().filename());
    }
    return names;
  }

 private:
  std::filesystem::path folder_;
};

std::string contents_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

template <class Act>
std::string complaint(const Act& act) {
  try {
    act();
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

TEST_F(Files, AreReplacedAsAWhole) {
  write_file(path("a"), std::string("long\0contents", 13));
  write_file(path("a"), "short\n");
  EXPECT_EQ(contents_of(path("a")), "short\n");
  EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_F(Files, ThatCannotBeWrittenLeaveNothingBehind) {
  EXPECT_THAT(complaint([&] { write_file(path("no/a"), "x"); }),
              EndsWith("no/a: cannot be written: No such file or directory"));
  std::filesystem::create_directory(path("folder"));
  EXPECT_THAT(complaint([&] { write_file(path("folder"), "x"); }),
              EndsWith("folder: cannot be written: Is a directory"));
  EXPECT_THAT(names(), ElementsAre("folder"));
}

TEST_F(Files, CanBeAskedAboutBeforehandWithoutATrace) {
  expect_writable_file(path("a"));
  EXPECT_THAT(names(), IsEmpty());
  write_file(path("a"), "kept");
  expect_writable_file(path("a"));
  EXPECT_EQ(contents_of(path("a")), "kept");
  EXPECT_THAT(complaint([&] { expect_writable_file(path("no/a")); }),
              EndsWith("no/a: cannot be written: No such file or directory"));
  EXPECT_THAT(complaint([&] { expect_writable_file(path("")); }),
              EndsWith(": cannot be written: it is a folder: give a file"));
}

TEST_F(Files, HaveTheirFoldersMade) {
  expect_possible_folder(path("a/b/c"));
  EXPECT_THAT(names(), IsEmpty());
  make_folder(path("a/b/c"));
  make_folder(path("a/b/c"));
  expect_possible_folder(path("a/b/c"));
  EXPECT_TRUE(std::filesystem::is_directory(path("a/b/c")));
}

TEST_F(Files, AreNotTakenForFolders) {
  write_file(path("a"), "");
  EXPECT_THAT(complaint([&] { expect_possible_folder(path("a")); }), EndsWith("a is a file"));
  EXPECT_THAT(complaint([&] { expect_possible_folder(path("a/b/c")); }), EndsWith("a is a file"));
  EXPECT_THAT(complaint([&] { make_folder(path("a/b")); }), testing::Not(IsEmpty()));
}

}  // namespace
}  // namespace synod
