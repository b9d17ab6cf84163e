#include "scenarios/history/history_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <utility>

#include "scenarios/format/complaint.h"
#include "scenarios/format/input_file.h"
#include "scenarios/history/history_builder.h"
#include "scenarios/words/input_error.h"

namespace synod {
namespace {

constexpr std::size_t size_max = std::size_t{256} << 20U;

constexpr std::array operation_table = {
    OperationName{"read", false, false, true}, OperationName{"write", false, true, false},
    OperationName{"cas", false, true, false},  OperationName{"get", true, false, true},
    OperationName{"put", true, true, false},   OperationName{"append", true, true, false},
};

Nilable<std::string> nilable(const std::optional<std::string>& text) {
  return text ? Nilable<std::string>(*text) : Nilable<std::string>();
}

ClientOperation<TextRegister> of_register(const ReadOperation& read) {
  ClientOperation<TextRegister> operation;
  if (read.name->name == "read") {
    operation.operation = TextRegister::read();
    operation.result = TextRegister::value_read(nilable(read.result));
  } else if (read.name->name == "write") {
    operation.operation = TextRegister::write(read.value);
    operation.result = TextRegister::written();
  } else {
    operation.operation =
        TextRegister::compare_and_set(nilable(read.from), Nilable<std::string>(read.value));
    operation.result = TextRegister::was_set(read.is_set);
  }
  return operation;
}

ClientOperation<KeyValueStore> of_store(const ReadOperation& read) {
  using Kind = KeyValueStore::Kind;
  const Kind kind = read.name->name == "get"   ? Kind::get
                    : read.name->name == "put" ? Kind::put
                                               : Kind::append;
  ClientOperation<KeyValueStore> operation;
  operation.operation = {kind, read.key, read.value};
  operation.result = read.result.value_or("");
  return operation;
}

template <SequentialSpecification S>
void fill(HistoryFile& file, const std::vector<ReadOperation>& operations,
          ClientOperation<S> (*convert)(const ReadOperation& read)) {
  History<S>& history = file.history.emplace<History<S>>();
  std::map<std::string_view, std::uint32_t> clients;
  for (const ReadOperation& read : operations) {
    ClientOperation<S> operation = convert(read);
    operation.client =
        clients.try_emplace(read.client, static_cast<std::uint32_t>(clients.size())).first->second;
    operation.called_at = read.called_at;
    if (read.is_finished) {
      operation.returned_at = read.returned_at;
    } else {
      operation.result.reset();
    }
    history.push_back(std::move(operation));
    file.places.push_back(read.place);
    file.places.back().client = read.client;
  }
}

/// Of those that were called at the same instant, the first that was read first.
std::vector<ReadOperation> by_call(std::vector<ReadOperation> operations) {
  std::vector<std::size_t> order(operations.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {},
                    [&](std::size_t i) { return std::pair(operations[i].called_at, i); });
  std::vector<ReadOperation> sorted;
  sorted.reserve(operations.size());
  for (const std::size_t i : order) {
    sorted.push_back(std::move(operations[i]));
  }
  return sorted;
}

}  // namespace

const OperationName* find_operation(std::string_view name) {
  const auto* const place = std::ranges::find(operation_table, name, &OperationName::name);
  return place == operation_table.end() ? nullptr : place;
}

std::string_view operation_names() {
  return "read, write and cas of a register, or get, put and append of a store";
}

std::string text_in_register(std::string_view text) { return fmt::format("\"{}\"", text); }

HistoryFile build_history(std::vector<ReadOperation> operations, bool is_store) {
  operations = by_call(std::move(operations));
  HistoryFile file;
  if (is_store) {
    fill<KeyValueStore>(file, operations, &of_store);
  } else {
    fill<TextRegister>(file, operations, &of_register);
  }
  return file;
}

HistoryFile parse_history(std::string_view text, const std::string& file) {
  constexpr std::string_view blanks = " \t\r\n\f\v";
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
  }
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) {
    refuse(complaint_line(file, 0, "",
                          "no history: it is empty: give a log of Jepsen, maps of EDN, "
                          "or JSON with \"operations\""));
  }
  const std::size_t behind = std::min(text.find_first_not_of(blanks, begin + 1), text.size());
  const bool is_map_of_edn = text[begin] == '{' && text.substr(behind).starts_with(':');
  // No log begins with a slash, but somebody's JSON may, with a comment.
  const bool is_json =
      !is_map_of_edn && (text[begin] == '{' || text[begin] == '[' || text[begin] == '/');
  return is_json ? parse_history_json(text, file) : parse_history_log(text, file);
}

HistoryFile read_history(const std::string& path) {
  const auto text = read_input_file(path, size_max);
  if (!text) {
    refuse(complaint_line(path, 0, "",
                          fmt::format("larger than {} MiB: that is no history", size_max >> 20U)));
  }
  return parse_history(*text, path);
}

}  // namespace synod
