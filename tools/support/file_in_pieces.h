// A file too long to be one text.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace synod {

/// Takes what comes next of a text.
using WritePiece = std::function<void(std::string_view piece)>;
/// Hands over a text piece by piece, so that nobody holds all of it.
using TellPieces = std::function<void(const WritePiece& write)>;

/// As write_file (files.h). `tell` may be asked twice, and what may go wrong but the writing has
/// gone well before.
void write_file(const std::string& path, const TellPieces& tell);

}  // namespace synod
