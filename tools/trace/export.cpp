#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "scenarios/words/input_error.h"
#include "scenarios/words/nearest.h"
#include "tools/support/file_in_pieces.h"
#include "tools/support/printed_log.h"
#include "tools/support/replayable.h"
#include "tools/support/verbs.h"
#include "tools/trace/export/formats.h"

namespace synod {
namespace {

struct ExportOptions {
  std::string file;
  std::string format;
  std::string out;  ///< file; empty: standard output
  bool is_forced = false;
  bool tells_all = false;
};

const ExportFormat& format_named(std::string_view name) {
  const auto format = std::find_if(export_formats.begin(), export_formats.end(),
                                   [&](const ExportFormat& one) { return one.name == name; });
  if (format == export_formats.end()) {
    throw InputError(fmt::format(
        "export: no format \"{}\": {}", name,
        right_name(name,
                   names_among(export_formats, [](const ExportFormat& one) { return one.name; }))));
  }
  return *format;
}

/// Succeeds whatever the verdict: what is exported is what happened.
int export_run(const ExportOptions& options) {
  const ExportFormat& format = format_named(options.format);
  const Chronicle chronicle = [&] {
    const auto [trace, runner, left_out] = read_replayable(options.file);
    return runner->chronicle(trace);
  }();
  const auto write_chosen =
      options.tells_all && format.write_all != nullptr ? format.write_all : format.write;
  if (options.out.empty()) {
    write_chosen(chronicle, [](std::string_view piece) { fmt::print("{}", piece); });
  } else {
    write_file(options.out, [&](const WritePiece& write) { write_chosen(chronicle, write); });
  }
  return 0;
}

std::string format_names() {
  std::string text = "Formats:\n";
  for (const ExportFormat& format : export_formats) {
    text += fmt::format("  {:<11} {}\n", format.name, format.about);
  }
  return text;
}

Verb::Run declare_export(Arguments& arguments) {
  auto options = std::make_shared<ExportOptions>();
  arguments.input("TRACE", options->file, "A trace or scenario with steps").required();
  arguments.text("--to", "FORMAT", options->format, "The format: see below").required().can_be([] {
    std::vector<PossibleWord> words;
    for (const ExportFormat& format : export_formats) {
      words.push_back({std::string(format.name), std::string(format.about)});
    }
    return words;
  });
  arguments.output("-o,--out", options->out, "Write to this file, not to standard output")
      .only_new_unless(options->is_forced);
  arguments.flag("--force", options->is_forced, "Overwrite that file if it is there");
  add_all_steps(arguments, options->tells_all);
  arguments.footer(format_names());
  return [options] { return export_run(*options); };
}

}  // namespace

const Verb export_verb = {"export", "Show a trace in other programs", &declare_export};

}  // namespace synod
