// The viewer: one page that shows a run, with the run inside it. It opens from disk and asks the
// network for nothing.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>

namespace synod {

/// The page without a run, in pieces: tools/viewer/built/viewer.html.
std::span<const std::string_view> viewer_html();

/// What stands before the data, and what behind it. `mark` is a line at its beginning.
struct AroundData {
  std::string before;
  std::string behind;
};
AroundData around_data(std::string_view mark = {});

/// The page with `data` in it, which is the PageData of tools/viewer/src/data.ts. Whatever the
/// texts in it hold, they stay texts: nothing in them can end the element that they stand in.
std::string viewer_page(const nlohmann::ordered_json& data);

/// What marks a page at `page` as that of the trace at this path, as it is seen from the page: both
/// may move together, and the trace may change.
std::string mark_of_page(const std::string& trace, const std::string& page);
/// Whether what is there is a page that bears this mark.
bool is_page_of(const std::string& trace, const std::string& page);

}  // namespace synod
