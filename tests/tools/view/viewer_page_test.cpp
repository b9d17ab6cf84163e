#include "tools/view/viewer_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace synod {
namespace {

using nlohmann::ordered_json;

std::string bare_page() {
  std::string page;
  for (const std::string_view piece : viewer_html()) {
    page += piece;
  }
  return page;
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

/// What the page's element of type application/json holds.
std::string data_in(const std::string& page) {
  constexpr std::string_view opening = R"(<script type="application/json" id="data">)";
  const std::size_t begin = page.find(opening) + opening.size();
  return page.substr(begin, page.find("</script>", begin) - begin);
}

TEST(ViewerPage, has_one_place_for_a_run) {
  EXPECT_EQ(count_of(bare_page(), "\"the run goes here\""), 1U);
}

TEST(ViewerPage, holds_the_run_as_it_was_given) {
  const ordered_json data = {{"build", "synod"}, {"runs", {{{"title", "a \"run\" \\ 1"}}}}};
  EXPECT_EQ(ordered_json::parse(data_in(viewer_page(data))), data);
}

TEST(ViewerPage, keeps_hostile_texts_inside_of_their_element) {
  const std::string bare = bare_page();
  for (const std::string hostile : {"</script><script>alert(1)</script>", "</SCRIPT >",
                                    "<!--<script>", "]]>", "&lt;/script&gt;", "\"}</script>",
                                    "\u2028\u2029", "\x01\x7f", "'; alert(1); '", "${1}", "$&$1"}) {
    const ordered_json data = {{hostile, hostile}};
    const std::string page = viewer_page(data);
    const std::string inside = data_in(page);
    EXPECT_EQ(inside.find_first_of("<>&"), std::string::npos) << hostile;
    EXPECT_EQ(count_of(page, "<script"), count_of(bare, "<script")) << hostile;
    EXPECT_EQ(ordered_json::parse(inside), data) << hostile;
    for (const char c : inside) {
      EXPECT_TRUE(c >= ' ' && c <= '~') << hostile;
    }
  }
}

TEST(ViewerPage, shows_a_sign_where_bytes_are_no_text) {
  const std::string inside = data_in(viewer_page({{"title", "\xff"}}));
  EXPECT_EQ(ordered_json::parse(inside).at("title"), "\uFFFD");
}

TEST(ViewerPage, may_ask_the_network_for_nothing) {
  const std::string page = bare_page();
  EXPECT_THAT(page, testing::HasSubstr("default-src 'none'"));
  for (const std::string_view outside : {"src=\"http", "href=\"http", "@import", "url(http"}) {
    EXPECT_EQ(page.find(outside), std::string::npos) << outside;
  }
}

}  // namespace
}  // namespace synod
