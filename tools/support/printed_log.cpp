#include "tools/support/printed_log.h"

#include <fmt/format.h>

#include "scenarios/words/brief_log.h"
#include "tools/support/print.h"
#include "tools/support/say.h"

namespace synod {

Arguments::Argument add_all_steps(Arguments& arguments, bool& is_on) {
  return arguments.flag("--all", is_on,
                        "Tell every step, however many there are and however often they repeat");
}

void PrintedLog::add(const std::string& line) {
  ++lines_;
  if (is_whole_) {
    say("{}\n", line);
    ++told_;
  } else {
    kept_.push_back(line);
  }
}

void PrintedLog::end(std::size_t margin) {
  for (const std::string& line : told_briefly(kept_, margin)) {
    say("{}\n", line);
    ++told_;
  }
  say("\n");
}

void PrintedLog::say_what_is_left_out() const {
  if (told_ < lines_) {
    say("told          in {}; --all tells all {}\n", counted(told_, "line"), grouped(lines_));
  }
}

}  // namespace synod
