#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <filesystem>
#include <fstream>
#include <memory>
#include <new>
#include <system_error>

#include "scenarios/words/input_error.h"
#include "tools/long_work/interrupt.h"
#include "tools/long_work/progress_line.h"
#include "tools/long_work/stopped.h"
#include "tools/long_work/workers.h"
#include "tools/regress/regress_report.h"
#include "tools/support/choose.h"
#include "tools/support/files.h"
#include "tools/support/print.h"
#include "tools/support/say.h"
#include "tools/support/standard_streams.h"
#include "tools/support/verbs.h"

namespace synod {
namespace {

struct RegressOptions {
  std::string program;
  std::string folder = kept_folder();
  std::string junit;  ///< file; empty: none
  std::string json;   ///< file; empty: none
  unsigned jobs = 0;  ///< 0: as many as the machine has cores
};

/// Inconclusive where it is interrupted first.
Regression judge_until(const std::atomic<bool>& interrupt, const KeptTrace& kept) {
  try {
    stop_if(interrupt);
    return judge(kept, [&](std::uint64_t /*steps*/) { stop_if(interrupt); });
  } catch (const Stopped&) {
    Regression regression;
    regression.file = kept.file;
    regression.verdict = regression.as_kept.report.verdict = Verdict::inconclusive;
    regression.why = "interrupted before it was judged";
    return regression;
  }
}

JudgedFile judge_file(const std::string& file, const std::atomic<bool>& interrupt) {
  JudgedFile judged{.file = file, .error = {}};
  const auto start = std::chrono::steady_clock::now();
  try {
    judged.kept = read_kept_trace(file);
    judged.regression = judge_until(interrupt, judged.kept);
  } catch (const InputError& error) {
    judged.error = error.what();
  } catch (const std::bad_alloc&) {
    judged.error = fmt::format("{}: there is not enough memory to judge it", file);
  } catch (const std::exception& error) {
    judged.error = fmt::format("{}: internal error: {}", file, error.what());
  }
  judged.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return judged;
}

/// In the order of `files`, whichever thread comes first.
std::vector<JudgedFile> judge_all(const std::vector<std::string>& files, unsigned jobs,
                                  const std::atomic<bool>& interrupt) {
  std::vector<JudgedFile> judged(files.size());
  std::atomic<std::size_t> done = 0;
  ProgressLine line;
  share_work(
      files.size(), jobs,
      [&](std::size_t i) {
        judged[i] = judge_file(files[i], interrupt);
        ++done;
      },
      [&] { line.show(fmt::format("{} of {}", grouped(done), counted(files.size(), "trace"))); });
  return judged;
}

// ---- Reports ------------------------------------------------------------------------------------

struct Report {
  std::string file;
  std::string (*format)(const RegressSummary& summary);
  /// Standard output takes one report, the last.
  [[nodiscard]] bool is_file() const { return file != standard_output_name; }
};

/// Those that were asked for, by the names of their files.
std::vector<Report> reports_in(const std::string& junit, const std::string& json) {
  std::vector<Report> reports = {{junit, &regress_junit}, {json, &regress_json}};
  std::erase_if(reports, [](const Report& report) { return report.file.empty(); });
  return reports;
}

/// Empty, or begun as one of ours: it may be written over before anything is known. What else is
/// there may not have been meant.
bool is_older_report(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    return false;
  }
  constexpr std::string_view xml = "<?xml";
  constexpr std::string_view json = "{\n  \"verdict\"";
  std::string begin(json.size(), '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  begin.resize(static_cast<std::size_t>(file.gcount()));
  return begin.empty() || begin.starts_with(xml) || begin.starts_with(json);
}

RegressSummary all_in_error(const std::string& folder, const std::string& why) {
  RegressSummary summary;
  summary.folder = folder;
  summary.files.push_back({.file = folder, .error = why});
  return summary;
}

/// Whatever ends the command, no older report stays there that says all is well. Where there is no
/// room for another, none is better; that it cannot be written comes again with the report itself,
/// where there is no worse news.
void leave_no_older(const std::vector<Report>& reports, const RegressSummary& summary) {
  for (const Report& report : reports) {
    WrittenFiles files;
    if (report.is_file() && is_older_report(report.file) &&
        !files.try_write(report.file, report.format(summary))) {
      std::error_code error;
      std::filesystem::remove(report.file, error);
    }
  }
}

/// The same, also where there was none.
void write_if_free(const std::vector<Report>& reports, const RegressSummary& summary) {
  leave_no_older(reports, summary);
  for (const Report& report : reports) {
    std::error_code error;
    if (report.is_file() &&
        !std::filesystem::exists(std::filesystem::symlink_status(report.file, error))) {
      WrittenFiles().try_write(report.file, report.format(summary));
    }
  }
}

// ---- The verb -----------------------------------------------------------------------------------

int regress(const RegressOptions& options) {
  const InterruptWatch watch;
  const std::vector<Report> reports = reports_in(options.junit, options.json);
  RegressSummary summary{.program = options.program, .folder = options.folder, .files = {}};
  try {
    const std::vector<std::string> files = kept_files(options.folder);
    write_if_free(
        reports,
        all_in_error(options.folder, fmt::format("{}: the replay of what is there was ended early",
                                                 options.folder)));
    summary.files = judge_all(files, job_count(options.jobs), watch.is_interrupted());
  } catch (const InputError& error) {
    const RegressSummary in_error = all_in_error(options.folder, error.what());
    write_if_free(reports, in_error);
    for (const Report& report : reports) {
      if (!report.is_file()) {
        WrittenFiles().try_write(report.file, report.format(in_error));
      }
    }
    throw;
  }
  WrittenFiles written;
  for (const Report& report : reports) {
    written.try_write(report.file, report.format(summary));
  }
  say("{}", regress_text(summary));
  written.expect_all();
  return exit_status(summary.verdict(), summary.errors());
}

/// What was typed behind the last `name`: "--junit FILE" or "--junit=FILE".
std::string value_of(const std::vector<std::string>& words, const std::string& name) {
  std::string value;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == name && i + 1 < words.size() && !words[i + 1].starts_with('-')) {
      value = words[i + 1];
    } else if (words[i].starts_with(name + "=")) {
      value = words[i].substr(name.size() + 1);
    }
  }
  return value;
}

void refuse(const std::vector<std::string>& words, const std::string& why) {
  leave_no_older(reports_in(value_of(words, "--junit"), value_of(words, "--json")),
                 all_in_error("regress", why));
}

Verb::Run declare_regress(Arguments& arguments) {
  auto options = std::make_shared<RegressOptions>();
  options->program = arguments.program();
  arguments.input_folder("DIR", options->folder, "Where the kept traces are");
  arguments.report("--junit", options->junit, "Write a report in JUnit's XML to this file");
  arguments.report("--json", options->json, "Write a report in JSON to this file");
  add_jobs(arguments, options->jobs);
  return [options] { return regress(*options); };
}

}  // namespace

const Verb regress_verb = {"regress", "Replay every kept trace: is all as it was kept?",
                           &declare_regress, &refuse};

}  // namespace synod
