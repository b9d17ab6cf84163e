#include "tools/support/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <csignal>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "scenarios/words/input_error.h"
#include "tests/own_folder.h"

namespace synod {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

class Files : public OwnFolder {
 protected:
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      names.push_back(entry.path().filename());
    }
    return names;
  }
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

TEST_F(Files, HaveNoFoldersWhereALinkLeadsNowhere) {
  std::filesystem::create_symlink("nowhere", path("link"));
  for (const char* folder : {"link", "link/a/b"}) {
    EXPECT_THAT(complaint([&] { expect_possible_folder(path(folder)); }),
                EndsWith("link is a link that leads nowhere"));
  }
  std::filesystem::create_directory(path("nowhere"));
  expect_possible_folder(path("link"));
  expect_possible_folder(path("link/a/b"));
}

TEST_F(Files, AreWrittenThroughLinksToWhatIsThereAndToWhatIsNot) {
  std::filesystem::create_directory(path("folder"));
  write_file(path("folder/there"), "old");
  std::filesystem::create_symlink("folder/there", path("link"));
  std::filesystem::create_symlink("link", path("second"));
  std::filesystem::create_symlink("folder/fresh", path("dangling"));
  for (const char* name : {"link", "second", "dangling"}) {
    expect_writable_file(path(name));
    write_file(path(name), name);
    EXPECT_TRUE(std::filesystem::is_symlink(path(name))) << name;
    EXPECT_EQ(contents_of(path(name)), name);
  }
  EXPECT_EQ(contents_of(path("folder/there")), "second");
  EXPECT_EQ(contents_of(path("folder/fresh")), "dangling");
}

TEST_F(Files, ThatAreLinksGoingRoundAreRefused) {
  std::filesystem::create_symlink("b", path("a"));
  std::filesystem::create_symlink("a", path("b"));
  EXPECT_THAT(complaint([&] { expect_writable_file(path("a")); }),
              EndsWith("a: cannot be written: Too many levels of symbolic links"));
  EXPECT_THAT(complaint([&] { write_file(path("a"), "x"); }),
              EndsWith("a: cannot be written: Too many levels of symbolic links"));
  EXPECT_TRUE(std::filesystem::is_symlink(path("a")));
}

TEST_F(Files, KeepWhoMayReadThem) {
  write_file(path("a"), "old");
  for (const mode_t mode : {0600U, 0640U, 0755U}) {
    ASSERT_EQ(chmod(path("a").c_str(), mode), 0);
    write_file(path("a"), "new");
    struct stat status{};
    ASSERT_EQ(stat(path("a").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777U, mode);
  }
}

TEST_F(Files, OfTheLongestNameAreWrittenAndLongerOnesAreRefusedBeforehand) {
  const std::string longest(name_size_max(path("")), 'x');
  expect_writable_file(path(longest));
  write_file(path(longest), "x");
  EXPECT_EQ(contents_of(path(longest)), "x");
  EXPECT_THAT(complaint([&] { expect_writable_file(path(longest + "x")); }),
              EndsWith("cannot be written: File name too long"));
  EXPECT_THAT(complaint([&] { expect_possible_folder(path("new/" + longest + "x")); }),
              EndsWith("this folder cannot be made: File name too long"));
  EXPECT_THAT(complaint([&] { expect_possible_file(path("new/" + longest + "x")); }),
              EndsWith("cannot be written: File name too long"));
  expect_possible_file(path("new/" + longest));
  EXPECT_THAT(names(), ElementsAre(longest));
}

TEST_F(Files, HaveRoomForShorterNamesWhereThePathIsLong) {
  std::string deep = path("deep");
  while (deep.size() < PATH_MAX - 50) {
    deep += "/d";
  }
  expect_possible_folder(deep);
  const std::size_t size = name_size_max(deep);
  EXPECT_GT(size, 0U);
  EXPECT_LT(size, 60U);
  EXPECT_EQ(deep.size() + 1 + size, PATH_MAX - 1U);
  EXPECT_EQ(name_size_max(deep + std::string(100, 'x')), 0U);
}

TEST_F(Files, OfOurOwnDescriptorsAreWrittenWhereTheyStand) {
  const int file = open(path("a").c_str(), O_RDWR | O_CREAT, 0600);
  ASSERT_GE(file, 0);
  ASSERT_EQ(write(file, "before ", 7), 7);
  const std::string descriptor = fmt::format("/dev/fd/{}", file);
  std::filesystem::create_symlink(descriptor, path("link"));
  expect_writable_file(descriptor);
  write_file(descriptor, "between ");
  write_file(path("link"), "after");
  close(file);
  EXPECT_EQ(contents_of(path("a")), "before between after");
  EXPECT_THAT(complaint([&] { expect_writable_file(descriptor); }),
              EndsWith("cannot be written: Bad file descriptor"));
  EXPECT_THAT(complaint([&] { write_file(descriptor, "x"); }),
              EndsWith("cannot be written: Bad file descriptor"));
}

TEST_F(Files, ThatAreNoneAreWrittenToAndStay) {
  expect_writable_file("/dev/null");
  write_file("/dev/null", "x");
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  EXPECT_THAT(complaint([] { write_file("/dev/full", "x"); }),
              EndsWith("/dev/full: cannot be written: No space left on device"));
}

TEST_F(Files, AreTheSameByOtherNames) {
  std::filesystem::create_directory(path("folder"));
  write_file(path("a"), "x");
  write_file(path("b"), "x");
  std::filesystem::create_symlink("a", path("soft"));
  std::filesystem::create_hard_link(path("a"), path("hard"));
  std::filesystem::create_symlink("fresh", path("dangling"));
  std::filesystem::create_symlink(".", path("here"));
  for (const char* other :
       {"a", "./a", "folder/../a", "soft", "hard", "here/a", "here/here/soft"}) {
    EXPECT_TRUE(is_same_file(path("a"), path(other))) << other;
    EXPECT_TRUE(is_same_file(path(other), path("a"))) << other;
    EXPECT_FALSE(is_same_file(path("b"), path(other))) << other;
  }
  for (const char* other : {"fresh", "./fresh", "folder/../fresh", "dangling", "here/fresh"}) {
    EXPECT_TRUE(is_same_file(path("fresh"), path(other))) << other;
    EXPECT_FALSE(is_same_file(path("folder/fresh"), path(other))) << other;
  }
  EXPECT_FALSE(is_same_file("/dev/null", "/dev/null"));
}

TEST_F(Files, AreInAFolderOrWhereOneIsToBe) {
  std::filesystem::create_directory(path("folder"));
  std::filesystem::create_symlink("folder", path("link"));
  EXPECT_TRUE(is_in_folder(path("folder/a"), path("link/")));
  EXPECT_TRUE(is_in_folder(path("link/a"), path("folder")));
  EXPECT_TRUE(is_in_folder(path("fresh/a"), path("fresh")));
  EXPECT_FALSE(is_in_folder(path("folder/deep/a"), path("folder")));
  EXPECT_TRUE(takes_place_of(path("fresh"), path("fresh")));
  EXPECT_TRUE(takes_place_of(path("fresh/deep/"), path("link/../fresh")));
  EXPECT_FALSE(takes_place_of(path("fresh"), path("fresh/a")));
  EXPECT_FALSE(takes_place_of(path("fresher"), path("fresh")));
}

TEST_F(Files, OfOneVerbAreWrittenThoughOneCannotBe) {
  WrittenFiles files;
  EXPECT_FALSE(files.try_write("", "x"));  // was not asked for
  files.expect_all();
  EXPECT_FALSE(files.try_write("/dev/full", "x"));
  EXPECT_TRUE(files.was_full());
  EXPECT_TRUE(files.try_write(path("a"), "x"));
  EXPECT_FALSE(files.try_write(path("no/b"), "x"));
  EXPECT_FALSE(files.was_full());
  EXPECT_THAT(complaint([&] { files.expect_all(); }), HasSubstr("/dev/full"));
  EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_F(Files, ThatWouldGrowTooLargeAreAsTheyWere) {
  write_file(path("a"), "old");
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  rlimit unlimited{};
  getrlimit(RLIMIT_FSIZE, &unlimited);
  const rlimit limited{.rlim_cur = 1000, .rlim_max = unlimited.rlim_max};
  setrlimit(RLIMIT_FSIZE, &limited);
  const std::string told = complaint([&] { write_file(path("a"), std::string(1001, 'x')); });
  setrlimit(RLIMIT_FSIZE, &unlimited);
  std::signal(SIGXFSZ, before);
  EXPECT_THAT(told, EndsWith("a: cannot be written: File too large"));
  EXPECT_EQ(contents_of(path("a")), "old");
  EXPECT_THAT(names(), ElementsAre("a"));
}

}  // namespace
}  // namespace synod
