#include "scenarios/format/json_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "scenarios/format/complaint.h"
#include "scenarios/format/input_file.h"
#include "scenarios/words/input_error.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

/// Where the reader stands. A number ends only at the character behind it, so what counts is the
/// last character that was not a blank.
struct Position {
  std::uint32_t newlines = 0;
  std::uint32_t line = 1;
  void pass(char c) {
    if (c == '\n') {
      ++newlines;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      line = newlines + 1;
    }
  }
};

class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, Position& position) : at_(at), position_(&position) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    position_->pass(*at_++);
    return *this;
  }
  CountingIterator operator++(int) {
    const CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }

 private:
  const char* at_;
  Position* position_;
};

/// What the library says, in our order and without what it quotes from the file.
std::string reason_of(std::string_view what) {
  if (const std::size_t dash = what.find(" - "); dash != std::string_view::npos) {
    what.remove_prefix(dash + 3);
  }
  // Its quotation may hold anything, so the expectation is looked for behind it.
  constexpr std::string_view expected = "; expected ";
  const std::size_t expectation = what.rfind(expected);
  std::string_view wanted;
  if (expectation != std::string_view::npos) {
    wanted = what.substr(expectation + expected.size());
    what = what.substr(0, expectation);
  }
  what = what.substr(0, what.find("; last read: "));
  if (what == "unexpected end of input" || what.starts_with("invalid") || wanted.empty()) {
    return std::string(what);
  }
  if (wanted == "end of input") {
    return fmt::format("{}: nothing may follow the closing bracket", what);
  }
  const bool closes = wanted == "'}'" || wanted == "']'";
  return fmt::format("{}: give {}{}", what, closes ? "',' or " : "", wanted);
}

/// Builds the document, and refuses what it does not allow as soon as it comes.
class Builder : public nlohmann::json_sax<ordered_json> {
 public:
  Builder(const std::string& file, const Position& position, JsonNumbers numbers)
      : file_(file), position_(position), numbers_(numbers) {}

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(std::int64_t value) override { return add(value); }
  bool number_unsigned(std::uint64_t value) override { return add(value); }
  bool string(std::string& value) override { return add(std::move(value)); }
  bool number_float(double value, const std::string& text) override {
    constexpr std::size_t shown_max = 30;
    const bool may_be_a_ratio = value > 0 && value < 1;
    if (numbers_ == JsonNumbers::whole && fraction_.empty()) {
      fraction_ =
          complaint(fmt::format("{}{}: give a whole number below 2^63{}", text.substr(0, shown_max),
                                text.size() > shown_max ? "…" : "",
                                may_be_a_ratio ? "; a ratio is written like \"1/30\"" : ""));
    }
    return add(value);
  }
  bool binary(binary_t& /*value*/) override { fail("binary data: give text"); }

  bool start_object(std::size_t /*size*/) override { return open(ordered_json::object()); }
  bool start_array(std::size_t /*size*/) override { return open(ordered_json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    Frame& frame = open_.back();
    frame.name = std::move(name);
    frame.name_line = position_.line;
    if (frame.value->contains(frame.name)) {
      fail("twice in one object: give it once");
    }
    if (frame.value->size() == json_members_max) {
      fail(fmt::format("more than {} fields in one object", json_members_max));
    }
    return true;
  }

  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& error) override {
    constexpr int number_overflow = 406;
    if (error.id == number_overflow) {
      fail("a number far too large: give a whole number below 2^63");
    }
    refuse_first(complaint_line(
        file_, position_.line, "",
        fmt::format("damaged or cut off {}: {}", last_place(), reason_of(error.what()))));
  }

  JsonDocument take() {
    document_.fraction = std::move(fraction_);
    return std::move(document_);
  }

 private:
  struct Frame {
    ordered_json* value;
    JsonLines* lines;
    std::string name;  ///< of the member that is being read
    std::uint32_t name_line = 0;
  };

  /// Appends to what is open, and returns the place of the value and of its lines.
  std::pair<ordered_json*, JsonLines*> put(ordered_json&& value) {
    if (++value_count_ > json_values_max) {
      fail(fmt::format("more than {} values in one file", json_values_max));
    }
    if (open_.empty()) {
      document_ = {std::move(value), {position_.line, {}}, {}};
      return {&document_.value, &document_.lines};
    }
    Frame& frame = open_.back();
    ordered_json* place = nullptr;
    std::uint32_t line = position_.line;
    if (frame.value->is_array()) {
      if (frame.value->size() == json_elements_max) {
        fail(fmt::format("more than {} elements in one list", json_elements_max));
      }
      frame.value->push_back(std::move(value));
      place = &frame.value->back();
    } else {
      auto& members = frame.value->get_ref<ordered_json::object_t&>();
      // Without a search for the name: key() has made sure that it is new.
      members.emplace_back(frame.name, std::move(value));
      place = &members.back().second;
      line = frame.name_line;
    }
    frame.lines->children.push_back({line, {}});
    return {place, &frame.lines->children.back()};
  }

  bool add(ordered_json&& value) {
    put(std::move(value));
    return true;
  }
  bool open(ordered_json&& value) {
    if (open_.size() == json_depth_max) {
      fail(fmt::format("nested more than {} deep", json_depth_max));
    }
    const auto [place, lines] = put(std::move(value));
    open_.push_back({place, lines, {}, 0});
    return true;
  }
  bool close() {
    JsonLines& lines = *open_.back().lines;
    const bool is_one_line = std::ranges::all_of(lines.children, [&](const JsonLines& child) {
      return child.line == lines.line && child.children.empty();
    });
    if (is_one_line) {
      lines.children = {};
    }
    open_.pop_back();
    return true;
  }

  /// The path of all that is open but the innermost `left_out`, with the member or element that is
  /// being read in each.
  [[nodiscard]] std::string path_to(std::size_t left_out) const {
    std::string path;
    for (std::size_t i = 0; i + left_out < open_.size(); ++i) {
      if (open_[i].value->is_object()) {
        append_name(path, open_[i].name);
      } else {
        // What is open is an element already; the innermost one is still to come.
        const std::size_t size = open_[i].value->size();
        append_index(path, i + 1 < open_.size() ? size - 1 : size);
      }
    }
    return path;
  }
  [[nodiscard]] std::string last_place() const {
    if (open_.empty()) {
      return value_count_ == 0 ? "at the beginning" : "after the end";
    }
    const ordered_json& innermost = *open_.back().value;
    std::string path = path_to(1);
    if (innermost.empty()) {
      return path.empty() ? "at the beginning" : "in " + path;
    }
    if (innermost.is_array()) {
      append_index(path, innermost.size() - 1);
    } else {
      append_name(path, innermost.get_ref<const ordered_json::object_t&>().back().first);
    }
    return "after " + path;
  }
  [[nodiscard]] std::string complaint(std::string_view what) const {
    return complaint_line(file_, position_.line, path_to(0), what);
  }
  [[noreturn]] void fail(std::string_view what) const { refuse_first(complaint(what)); }
  /// Of two complaints, the one that comes first in the file.
  [[noreturn]] void refuse_first(const std::string& complaint) const {
    refuse(fraction_.empty() ? complaint : fraction_);
  }

  const std::string& file_;
  const Position& position_;
  const JsonNumbers numbers_;
  JsonDocument document_;
  std::vector<Frame> open_;
  std::size_t value_count_ = 0;
  std::string fraction_;
};

[[noreturn]] void refuse_too_large(const std::string& file) {
  refuse(complaint_line(file, 0, "",
                        fmt::format("larger than {} MiB: that is no trace", json_size_max >> 20U)));
}

}  // namespace

JsonDocument parse_json(std::string_view text, const std::string& file, JsonNumbers numbers) {
  if (text.size() > json_size_max) {
    refuse_too_large(file);
  }
  // The library takes a zero byte for the end of its input.
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    const auto line = 1 + std::ranges::count(text.substr(0, zero), '\n');
    refuse(complaint_line(file, static_cast<std::size_t>(line), "",
                          "damaged: a zero byte: this is not a text file"));
  }
  Position position;
  Builder builder(file, position, numbers);
  const char* begin = text.data();
  ordered_json::sax_parse(CountingIterator(begin, position),
                          CountingIterator(begin + text.size(), position), &builder);
  return builder.take();
}

void expect_whole_numbers(const JsonDocument& document) {
  if (!document.fraction.empty()) {
    refuse(document.fraction);
  }
}

std::string read_json_text(const std::string& path) {
  if (auto text = read_input_file(path, json_size_max)) {
    return *std::move(text);
  }
  refuse_too_large(path);
}

}  // namespace synod
