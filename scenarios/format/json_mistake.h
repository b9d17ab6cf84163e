// What is wrong with a text that is no JSON, in words for who wrote it: nobody need know how it is
// read, nor what the reader calls its parts.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace synod {

/// Where the reader of a text gave up.
struct JsonMistake {
  std::string_view text;  ///< all of it
  std::size_t end = 0;    ///< behind the last character that was read
  std::string_view what;  ///< what the library says
  std::string open;       ///< the brackets that are open there, the outermost first, as in "{["
  bool is_after_end = false;
  std::string place;        ///< "after steps[0]"
  std::string_view wanted;  ///< what the file should be
};

struct ToldMistake {
  std::size_t at = 0;  ///< in the text, for its line
  std::string complaint;
};

ToldMistake tell(const JsonMistake& mistake);

}  // namespace synod
