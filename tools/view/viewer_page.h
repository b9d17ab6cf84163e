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

/// The page with `data` in it, which is the PageData of tools/viewer/src/data.ts. Whatever the
/// texts in it hold, they stay texts: nothing in them can end the element that they stand in.
std::string viewer_page(const nlohmann::ordered_json& data);

}  // namespace synod
