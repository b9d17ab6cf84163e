#include "tools/view/viewer_page.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>

#include "scenarios/words/safe_text.h"
#include "sim/hash.h"

namespace synod {
namespace {

/// Where the run goes: a JSON string, so that the page without one is a valid page, too.
constexpr std::string_view placeholder = "\"the run goes here\"";
/// With it every page begins, so that browsers do not take it for one of the nineties.
constexpr std::string_view first_line = "<!doctype html>\n";

}  // namespace

AroundData around_data(std::string_view mark) {
  std::string page;
  for (const std::string_view piece : viewer_html()) {
    page += piece;
  }
  if (page.starts_with(first_line)) {
    page.insert(first_line.size(), mark);
  }
  const std::size_t place = page.find(placeholder);
  if (place == std::string::npos) {
    throw std::logic_error("the viewer has no place for a run");
  }
  return {page.substr(0, place), page.substr(place + placeholder.size())};
}

std::string viewer_page(const nlohmann::ordered_json& data) {
  const AroundData around = around_data();
  return around.before + format_json_in_html(data) + around.behind;
}

std::string mark_of_page(const std::string& trace, const std::string& page) {
  namespace fs = std::filesystem;
  std::error_code error;
  const auto whole = [&](const std::string& path) {
    return fs::weakly_canonical(fs::absolute(path, error), error);
  };
  const fs::path seen = whole(trace).lexically_relative(whole(page).parent_path());
  Hasher hasher;
  for (const char c : seen.string()) {
    hasher.add(c);
  }
  return fmt::format("<!-- synod view of {:016x} -->\n", hasher.value());
}

bool is_page_of(const std::string& trace, const std::string& page) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(page, error)) {
    return false;
  }
  const std::string wanted = std::string(first_line) + mark_of_page(trace, page);
  std::string begin(wanted.size(), '\0');
  std::ifstream file(page, std::ios::binary);
  file.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return file.good() && begin == wanted;
}

}  // namespace synod
