// Logs of Jepsen and maps of EDN: see history_file.h.
#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/format/complaint.h"
#include "scenarios/history/edn.h"
#include "scenarios/history/history_builder.h"
#include "scenarios/words/input_error.h"

namespace synod {
namespace {

/// What stands on one line.
struct LogLine {
  std::string process;
  std::string type;  ///< ":ok"
  const OperationName* name = nullptr;
  std::optional<EdnValue> key;
  EdnValue value;
};

class LogReader {
 public:
  explicit LogReader(const std::string& file) : here_{file} {}

  HistoryFile read(std::string_view text) {
    while (!text.empty()) {
      ++here_.line;
      const std::size_t end = text.find('\n');
      std::string_view line = text.substr(0, end);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      if (line.ends_with('\r')) {
        line.remove_suffix(1);
      }
      read_line(line);
    }
    if (line_of_model_ == 0) {
      refuse(complaint_line(here_.file, 0, "",
                            "no history: no process invokes anything: give lines like "
                            "\"INFO  jepsen.util - 0 :invoke :read nil\""));
    }
    std::erase_if(operations_, [](const ReadOperation& one) { return one.place.call_line == 0; });
    HistoryFile file = build_history(std::move(operations_), is_store_);
    file.not_happened = not_happened_;
    return file;
  }

 private:
  struct Process {
    std::optional<std::size_t> pending;  ///< index of its operation
    std::size_t crashed_line = 0;        ///< 0: not
  };

  [[noreturn]] void fail(std::string_view complaint) const { here_.fail(complaint); }

  void read_line(std::string_view line) {
    constexpr std::string_view blanks = " \t\f\v,";
    constexpr std::string_view logger = "jepsen.util - ";
    const std::size_t begin = line.find_first_not_of(blanks);
    if (begin == std::string_view::npos || line[begin] == ';') {
      return;
    }
    std::optional<LogLine> read;
    if (line[begin] == '{') {
      read = from_map(parse_edn(line, here_));
    } else if (const std::size_t place = line.find(logger); place != std::string_view::npos) {
      read = from_fields(parse_edn(line.substr(place + logger.size()), here_));
    } else if (!is_of_another_logger(line.substr(begin))) {
      fail(
          fmt::format("{}: give a line like \"INFO  jepsen.util - 0 :invoke :read "
                      "nil\" or {{:process 0, :type :invoke, :f :read, :value nil}}",
                      in_quotes(line.substr(begin))));
    }
    if (read) {
      take(*read);
    }
  }
  /// Which has nothing to do with the history.
  static bool is_of_another_logger(std::string_view line) {
    for (const std::string_view level : {"INFO ", "WARN ", "ERROR ", "DEBUG ", "TRACE "}) {
      if (line.starts_with(level)) {
        return line.find(" - ") != std::string_view::npos &&
               line.find("jepsen.util") == std::string_view::npos;
      }
    }
    return false;
  }

  /// None: not of a client.
  [[nodiscard]] std::optional<LogLine> from_fields(const std::vector<EdnValue>& fields) const {
    if (!fields.empty() && fields[0].kind == EdnValue::Kind::word) {
      return std::nullopt;
    }
    if (fields.size() != 4) {
      fail(
          fmt::format("{} fields: give four, PROCESS :TYPE :OPERATION VALUE, as in "
                      "0 :invoke :write 3",
                      fields.size()));
    }
    return line_of(fields[0], fields[1], fields[2], nullptr, fields[3]);
  }
  [[nodiscard]] std::optional<LogLine> from_map(const std::vector<EdnValue>& values) const {
    if (values.size() != 1) {
      fail("something after the map: give one map a line");
    }
    const EdnValue& map = values.front();
    const EdnValue* const process = map.find(":process");
    if (process != nullptr && process->kind == EdnValue::Kind::word) {
      return std::nullopt;
    }
    for (const std::string_view name : {":process", ":type", ":f"}) {
      if (map.find(name) == nullptr) {
        fail(
            fmt::format("{} is missing: give it, as in {{:process 0, :type :invoke, "
                        ":f :read, :value nil}}",
                        name));
      }
    }
    const EdnValue* const value = map.find(":value");
    return line_of(*process, *map.find(":type"), *map.find(":f"), map.find(":key"),
                   value == nullptr ? EdnValue() : *value);
  }
  [[nodiscard]] LogLine line_of(const EdnValue& process, const EdnValue& type, const EdnValue& name,
                                const EdnValue* key, const EdnValue& value) const {
    if (process.kind != EdnValue::Kind::number) {
      fail(fmt::format("process {}: give a number", described(process)));
    }
    LogLine line{process.text, type.text, nullptr, std::nullopt, value};
    if (line.type != ":invoke" && line.type != ":ok" && line.type != ":fail" &&
        line.type != ":info") {
      fail(fmt::format("{}: give :invoke, :ok, :fail or :info", described(type)));
    }
    if (name.kind == EdnValue::Kind::word && name.text.starts_with(':')) {
      line.name = find_operation(std::string_view(name.text).substr(1));
    }
    if (line.name == nullptr) {
      fail(fmt::format("operation {}: there are {}", described(name), operation_names()));
    }
    if (line.name->is_of_store && key == nullptr) {
      fail(fmt::format("{} without :key: give one", name.text));
    }
    if (!line.name->is_of_store && key != nullptr) {
      fail(
          fmt::format("{} with :key: there is one register: give :get, :put or "
                      ":append",
                      name.text));
    }
    if (key != nullptr) {
      line.key = *key;
    }
    return line;
  }

  void take(const LogLine& line) {
    expect_same_model(line);
    Process& process = processes_[line.process];
    if (line.type == ":invoke") {
      invoke(line, process);
      return;
    }
    if (!process.pending) {
      fail(fmt::format(
          "{} of process {}, which has invoked nothing{}: give its "
          ":invoke first",
          line.type, line.process,
          process.crashed_line == 0 ? "" : fmt::format(" since line {}", process.crashed_line)));
    }
    complete(line, process);
  }

  void invoke(const LogLine& line, Process& process) {
    if (process.pending) {
      fail(fmt::format(
          "process {} invokes again before what it invoked at line {} is complete: give its :ok, "
          ":fail or :info first",
          line.process, operations_[*process.pending].place.call_line));
    }
    if (process.crashed_line != 0) {
      fail(
          fmt::format("process {} invokes again after its :info at line {}: from "
                      "then on it asks no more: give a new process",
                      line.process, process.crashed_line));
    }
    ReadOperation operation;
    operation.name = line.name;
    operation.client = line.process;
    operation.called_at = here_.line;
    operation.place.call_line = here_.line;
    if (line.key) {
      operation.key = text_of_key(*line.key);
    }
    read_arguments(line, operation);
    process.pending = operations_.size();
    operations_.push_back(std::move(operation));
  }

  void complete(const LogLine& line, Process& process) {
    ReadOperation& operation = operations_[*process.pending];
    if (operation.name != line.name || (line.key && text_of_key(*line.key) != operation.key)) {
      fail(fmt::format("{} of :{}{}, but at line {} process {} invoked :{}{}", line.type,
                       line.name->name, line.key ? " of key " + described(*line.key) : "",
                       operation.place.call_line, line.process, operation.name->name,
                       line.key ? " of key " + in_quotes(operation.key) : ""));
    }
    process.pending.reset();
    operation.place.return_line = here_.line;
    if (line.type == ":ok") {
      operation.is_finished = true;
      operation.returned_at = here_.line;
      read_result(line, operation);
    } else if (line.type == ":fail") {
      ++not_happened_;
      operation.place.call_line = 0;  // taken out in the end
    } else {
      process.crashed_line = here_.line;
    }
  }

  void expect_same_model(const LogLine& line) {
    if (line_of_model_ == 0) {
      line_of_model_ = here_.line;
      is_store_ = line.name->is_of_store;
    } else if (is_store_ != line.name->is_of_store) {
      fail(fmt::format(":{} of a {}, but line {} asks a {}: give a history of one of them",
                       line.name->name, is_store_ ? "register" : "store", line_of_model_,
                       is_store_ ? "store" : "register"));
    }
  }

  /// A value as a register holds it, and shows it; none: nil.
  [[nodiscard]] std::optional<std::string> register_value(const EdnValue& value) const {
    switch (value.kind) {
      case EdnValue::Kind::nil:
        return std::nullopt;
      case EdnValue::Kind::number:
      case EdnValue::Kind::word:
        return value.text;
      case EdnValue::Kind::string:
        return text_in_register(value.text);
      case EdnValue::Kind::list:
      case EdnValue::Kind::map:
        break;
    }
    fail(fmt::format("{} as a value: give a number or a text", described(value)));
  }
  /// As a store holds it: texts as they are.
  [[nodiscard]] std::optional<std::string> store_value(const EdnValue& value) const {
    return value.kind == EdnValue::Kind::string ? value.text : register_value(value);
  }

  [[nodiscard]] std::string text_of_key(const EdnValue& key) const {
    return store_value(key).value_or("nil");
  }
  [[nodiscard]] std::optional<std::string> value_of(const LogLine& line,
                                                    const EdnValue& value) const {
    return line.name->is_of_store ? store_value(value) : register_value(value);
  }
  void read_arguments(const LogLine& line, ReadOperation& operation) const {
    if (line.name->name == "cas") {
      const auto& pair = line.value.elements;
      if (line.value.kind != EdnValue::Kind::list || pair.size() != 2 ||
          pair[1].kind == EdnValue::Kind::nil) {
        fail(fmt::format(":cas of {}: give [FROM TO], as in [3 4]", described(line.value)));
      }
      operation.from = value_of(line, pair[0]);
      operation.value = *value_of(line, pair[1]);
    } else if (line.name->has_value) {
      const auto value = value_of(line, line.value);
      if (!value) {
        fail(fmt::format(":{} of nil: give a value", line.name->name));
      }
      operation.value = *value;
    }
  }
  void read_result(const LogLine& line, ReadOperation& operation) const {
    if (line.name->has_result) {
      operation.result = value_of(line, line.value);
      return;
    }
    ReadOperation told;
    read_arguments(line, told);
    if (told.value != operation.value || told.from != operation.from) {
      fail(
          fmt::format(":ok of a :{} with other values than it was invoked with at "
                      "line {}: give the same",
                      line.name->name, operation.place.call_line));
    }
  }

  LineOfFile here_;
  std::map<std::string, Process> processes_;
  std::vector<ReadOperation> operations_;
  std::size_t line_of_model_ = 0;  ///< the first line of a client; 0: none yet
  bool is_store_ = false;
  std::size_t not_happened_ = 0;
};

}  // namespace

HistoryFile parse_history_log(std::string_view text, const std::string& file) {
  return LogReader(file).read(text);
}

}  // namespace synod
