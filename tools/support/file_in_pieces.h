// A file too long to be one text.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace synod {

/// As write_file (files.h), of pieces that stand one behind the other.
void write_file(const std::string& path, std::span<const std::string_view> contents);

}  // namespace synod
