// Histories in JSON: see history_file.h.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/format/complaint.h"
#include "scenarios/format/json_document.h"
#include "scenarios/format/json_fields.h"
#include "scenarios/format/located_json.h"
#include "scenarios/history/history_builder.h"

namespace synod {
namespace {

constexpr std::string_view format_name = "synod history";
constexpr std::uint64_t instant_max = std::uint64_t{1} << 62U;

constexpr std::array<std::string_view, 4> document_members = {"format", "version", "model",
                                                              "operations"};
constexpr std::array<std::string_view, 10> operation_members = {
    "client", "operation", "key", "value", "from", "to", "result", "outcome", "call", "return"};

/// A number or a text; none: null.
std::optional<std::string> value_of(const Located& json, bool is_store) {
  if (json.value().is_null()) {
    return std::nullopt;
  }
  if (json.value().is_number_integer()) {
    return described(json.value());
  }
  if (!json.value().is_string()) {
    json.fail_unless_wanted("a whole number, a text or null");
  }
  const std::string& text = json.text("a text");
  return is_store ? text : text_in_register(text);
}

class OperationReader {
 public:
  OperationReader(const Located& json, bool is_store) : json_(json), is_store_(is_store) {}

  /// None: it did not happen.
  std::optional<ReadOperation> read() {
    json_.expect_object(
        "an operation, like {\"client\": \"c1\", \"operation\": \"read\", "
        "\"result\": 3, \"call\": 1, \"return\": 2}");
    json_.expect_members(operation_members);
    operation_.place.call_line = operation_.place.return_line = json_.line();
    read_name();
    read_client();
    read_arguments();
    read_interval();
    read_result();
    return outcome_ == "failed" ? std::nullopt : std::optional(operation_);
  }

 private:
  [[nodiscard]] Located member(std::string_view name, std::string_view wanted) const {
    if (auto found = json_.find(name)) {
      return *found;
    }
    json_.fail_missing(name, wanted);
  }
  void expect_none(std::string_view name) const {
    if (const auto found = json_.find(name)) {
      found->fail(fmt::format("a {} has none: leave it away", operation_.name->name));
    }
  }

  void read_name() {
    const Located name = member("operation", "what was asked");
    operation_.name = find_operation(name.text("a text"));
    if (operation_.name == nullptr || operation_.name->is_of_store != is_store_) {
      name.fail(fmt::format(
          "{} in a history of a {}: give {}", described(name.value()),
          is_store_ ? "store" : "register",
          is_store_ ? "\"get\", \"put\" or \"append\"" : "\"read\", \"write\" or \"cas\""));
    }
  }
  void read_client() {
    const Located client = member("client", "who asked, a text or a number");
    if (client.value().is_number_integer()) {
      operation_.client = described(client.value());
    } else {
      operation_.client = client.text("a text or a number");
    }
  }
  [[nodiscard]] std::string given(std::string_view name) const {
    const Located json = member(name, "a whole number or a text");
    const auto value = value_of(json, is_store_);
    if (!value) {
      json.fail_unless_wanted("a whole number or a text");
    }
    return *value;
  }
  void read_arguments() {
    if (is_store_) {
      operation_.key = given("key");
    } else {
      expect_none("key");
    }
    if (operation_.name->name == "cas") {
      operation_.from = value_of(member("from", "a whole number, a text or null"), is_store_);
      operation_.value = given("to");
      expect_none("value");
      return;
    }
    expect_none("from");
    expect_none("to");
    if (operation_.name->has_value) {
      operation_.value = given("value");
    } else {
      expect_none("value");
    }
  }

  [[nodiscard]] static std::uint64_t instant(const Located& json) {
    std::uint64_t at = 0;
    if (!try_read_number(json.value(), instant_max, at)) {
      json.fail_unless_wanted("an instant, a whole number from 0 to 2^62");
    }
    return at;
  }
  void read_interval() {
    operation_.called_at = instant(member("call", "the instant of its call, a whole number"));
    const auto returned = json_.find("return");
    if (returned) {
      operation_.returned_at = instant(*returned);
      if (operation_.returned_at < operation_.called_at) {
        returned->fail(fmt::format("{} is before its call at {}: give a later one",
                                   operation_.returned_at, operation_.called_at));
      }
    }
    outcome_ = returned ? "ok" : "unknown";
    if (const auto outcome = json_.find("outcome")) {
      outcome_ = outcome->text("a text");
      if (outcome_ != "ok" && outcome_ != "unknown" && outcome_ != "failed") {
        outcome->fail_unless_wanted("\"ok\", \"unknown\" or \"failed\"");
      }
      if (outcome_ == "ok" && !returned) {
        outcome->fail("\"ok\" without \"return\": give the instant of its return");
      }
    }
    operation_.is_finished = outcome_ == "ok";
  }
  void read_result() {
    const bool is_cas = operation_.name->name == "cas";
    const auto result = json_.find("result");
    if (!operation_.name->has_result && !is_cas) {
      expect_none("result");
    } else if (!operation_.is_finished) {
      if (result) {
        result->fail(fmt::format("of an operation whose outcome is {}: leave it away", outcome_));
      }
    } else if (is_cas) {
      if (result && !result->value().is_boolean()) {
        result->fail_unless_wanted("true or false");
      }
      operation_.is_set = !result || result->value().get<bool>();
    } else {
      operation_.result = value_of(member("result", "what it found"), is_store_);
    }
  }

  const Located& json_;
  const bool is_store_;
  ReadOperation operation_;
  std::string outcome_;
};

/// A client asks one thing at a time; who waits no longer for an answer may ask on.
void expect_one_at_a_time(const Located& list,
                          std::vector<std::pair<ReadOperation, std::size_t>> operations) {
  std::ranges::sort(operations, {},
                    [](const auto& one) { return std::pair(one.first.called_at, one.second); });
  std::map<std::string, std::uint64_t> busy_until;
  for (const auto& [operation, index] : operations) {
    const auto [place, is_first] = busy_until.try_emplace(operation.client, 0);
    if (!is_first && operation.called_at <= place->second) {
      const Located json = list[index];
      json.fail(
          fmt::format("client {} asks this at {}, before what it asked before has returned, "
                      "at {}: give a client one operation at a time",
                      in_quotes(operation.client), operation.called_at, place->second));
    }
    place->second = operation.is_finished ? operation.returned_at : operation.called_at;
  }
}

}  // namespace

HistoryFile parse_history_json(std::string_view text, const std::string& file) {
  constexpr std::string_view wanted =
      "a history, like {\"format\": \"synod history\", \"version\": 1, \"model\": "
      "\"register\", \"operations\": []}";
  const JsonDocument document = parse_json(text, file, wanted);
  const Located json(document, file);
  json.expect_object(wanted);
  const auto format = json.find("format");
  if (!format || format->value() != format_name) {
    json.fail("no history: give \"format\": \"synod history\"");
  }
  json.expect_members(document_members);
  const auto version = json.find("version");
  if (!version) {
    json.fail_missing("version", "1");
  }
  if (version->value() != 1) {
    version->fail_unless_wanted("1");
  }
  const auto model = json.find("model");
  if (!model) {
    json.fail_missing("model", "\"register\" or \"key_value\"");
  }
  if (model->value() != "register" && model->value() != "key_value") {
    model->fail_unless_wanted("\"register\" or \"key_value\"");
  }
  const bool is_store = model->value() == "key_value";
  const auto list = json.find("operations");
  if (!list) {
    json.fail_missing("operations", "a list of operations");
  }
  list->expect_list("a list of operations");
  std::vector<ReadOperation> operations;
  std::vector<std::pair<ReadOperation, std::size_t>> by_index;
  std::size_t not_happened = 0;
  for (std::size_t i = 0; i < list->value().size(); ++i) {
    const Located element = (*list)[i];
    if (const auto read = OperationReader(element, is_store).read()) {
      operations.push_back(*read);
      by_index.emplace_back(*read, i);
    } else {
      ++not_happened;
    }
  }
  expect_whole_numbers(document);
  expect_one_at_a_time(*list, std::move(by_index));
  HistoryFile result = build_history(std::move(operations), is_store);
  result.not_happened = not_happened;
  return result;
}

}  // namespace synod
