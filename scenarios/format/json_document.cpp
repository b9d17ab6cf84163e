#include "scenarios/format/json_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "scenarios/format/complaint.h"
#include "scenarios/format/input_file.h"
#include "scenarios/format/json_mistake.h"
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

/// Builds the document, and refuses what it does not allow as soon as it comes.
class Builder : public nlohmann::json_sax<ordered_json> {
 public:
  /// `too_large` is the number in whose place `stand_in` was put; empty: none.
  Builder(std::string_view text, const std::string& file, std::string_view wanted,
          std::string_view packed, const Position& position, std::string_view too_large)
      : text_(text), file_(file), wanted_(wanted), position_(position), too_large_(too_large) {
    document_.packed.name = packed;
  }

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(std::int64_t value) override { return add(value); }
  bool number_unsigned(std::uint64_t value) override { return add(value); }
  bool string(std::string& value) override { return add(std::move(value)); }
  bool number_float(double value, const std::string& text) override {
    const bool is_stand_in = !too_large_.empty() && text == stand_in(too_large_);
    if (fraction_.text.empty() || is_stand_in) {
      note_fraction(value, is_stand_in ? too_large_ : text);
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

  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::detail::exception& error) override {
    constexpr int number_overflow = 406;
    const std::size_t end = std::min(position, text_.size());
    if (error.id == number_overflow && token.size() <= end) {
      overflow_ = text_.substr(end - token.size(), token.size());
      return false;
    }
    const ToldMistake told = tell({.text = text_,
                                   .end = position,
                                   .what = error.what(),
                                   .open = open_brackets(),
                                   .is_after_end = open_.empty() && value_count_ > 0,
                                   .place = last_place(),
                                   .wanted = wanted_});
    const auto line = 1 + std::ranges::count(text_.substr(0, told.at), '\n');
    refuse(complaint_line(file_, static_cast<std::size_t>(line), "", told.complaint));
  }

  /// A number beyond all others, at which reading ended; empty: none.
  [[nodiscard]] std::string_view overflow() const { return overflow_; }
  /// Of the same size at most.
  static std::string_view stand_in(std::string_view number) {
    return number.starts_with('-') ? "-9e99" : "9e99";
  }
  [[noreturn]] void fail_overflow() const { fail("a number far too large: give a smaller one"); }

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
    bool is_packed = false;  ///< it is a list that holds no element but the one being read
  };

  /// Of the members or elements so far.
  [[nodiscard]] std::size_t size_of(const Frame& frame) const {
    return frame.value->size() + (frame.is_packed ? document_.packed.elements.size() : 0);
  }

  /// Appends to what is open, and returns the place of the value and of its lines.
  std::pair<ordered_json*, JsonLines*> put(ordered_json&& value) {
    if (++value_count_ > json_values_max) {
      fail(fmt::format("more than {} values in one file", json_values_max));
    }
    if (open_.empty()) {
      document_.value = std::move(value);
      document_.lines = {position_.line, {}};
      return {&document_.value, &document_.lines};
    }
    Frame& frame = open_.back();
    ordered_json* place = nullptr;
    std::uint32_t line = position_.line;
    if (frame.value->is_array()) {
      if (size_of(frame) == json_elements_max) {
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
    pack_last();
    return true;
  }
  /// The element that has been read, where it is one of the list that is packed.
  void pack_last() {
    if (open_.empty() || !open_.back().is_packed) {
      return;
    }
    const Frame& frame = open_.back();
    document_.packed.elements.push_back(
        {PackedJson(frame.value->back()), std::move(frame.lines->children.back())});
    frame.value->clear();
    frame.lines->children.clear();
  }
  [[nodiscard]] bool is_of_packed(const ordered_json& value) const {
    return open_.size() == 1 && value.is_array() && open_.back().value->is_object() &&
           !document_.packed.name.empty() && open_.back().name == document_.packed.name;
  }
  bool open(ordered_json&& value) {
    if (open_.size() == json_depth_max) {
      fail(fmt::format("nested more than {} deep", json_depth_max));
    }
    const bool is_packed = is_of_packed(value);
    const auto [place, lines] = put(std::move(value));
    open_.push_back({place, lines, {}, 0, is_packed});
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
    pack_last();
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
        const std::size_t size = size_of(open_[i]);
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
    const std::size_t size = size_of(open_.back());
    std::string path = path_to(1);
    if (size == 0) {
      return path.empty() ? "at the beginning" : "in " + path;
    }
    if (innermost.is_array()) {
      append_index(path, size - 1);
    } else {
      append_name(path, innermost.get_ref<const ordered_json::object_t&>().back().first);
    }
    return "after " + path;
  }
  [[nodiscard]] std::string open_brackets() const {
    std::string brackets;
    for (const Frame& frame : open_) {
      brackets += frame.value->is_object() ? '{' : '[';
    }
    return brackets;
  }
  [[nodiscard]] std::string complaint(std::string_view what) const {
    return complaint_line(file_, position_.line, path_to(0), what);
  }
  [[noreturn]] void fail(std::string_view what) const { refuse(complaint(what)); }

  void note_fraction(double value, std::string_view text) {
    constexpr std::size_t shown_max = 30;
    const bool may_be_a_ratio = value > 0 && value < 1;
    const bool is_whole = text.find_first_of(".eE") == std::string_view::npos;
    fraction_.value = value;
    fraction_.text =
        fmt::format("{}{}", text.substr(0, shown_max), text.size() > shown_max ? "…" : "");
    fraction_.complaint =
        complaint(fmt::format("{}: give a {}{}", fraction_.text,
                              is_whole ? "number that is not so large" : "whole number",
                              may_be_a_ratio ? "; a ratio is written like \"1/30\"" : ""));
  }

  const std::string_view text_;
  const std::string& file_;
  const std::string_view wanted_;
  const Position& position_;
  const std::string_view too_large_;
  JsonDocument document_;
  std::vector<Frame> open_;
  std::size_t value_count_ = 0;
  JsonFraction fraction_;
  std::string_view overflow_;
};

[[noreturn]] void refuse_too_large(const std::string& file) {
  refuse(complaint_line(file, 0, "",
                        fmt::format("larger than {} MiB: that is no trace", json_size_max >> 20U)));
}

/// The library takes one for the end of its input.
void expect_no_zero_byte(std::string_view text, const std::string& file) {
  const std::size_t zero = text.find('\0');
  if (zero == std::string_view::npos) {
    return;
  }
  const bool is_utf16 = text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff");
  const auto line = 1 + std::ranges::count(text.substr(0, zero), '\n');
  refuse(complaint_line(file, static_cast<std::size_t>(line), "",
                        is_utf16 ? "UTF-16: save the file as UTF-8"
                                 : "damaged: a zero byte: this is not a text file"));
}

}  // namespace

JsonDocument parse_json(std::string_view text, const std::string& file, std::string_view wanted,
                        std::string_view packed) {
  if (text.size() > json_size_max) {
    refuse_too_large(file);
  }
  expect_no_zero_byte(text, file);
  std::string changed;
  std::string too_large;
  while (true) {
    Position position;
    Builder builder(text, file, wanted, packed, position, too_large);
    const char* begin = text.data();
    ordered_json::sax_parse(CountingIterator(begin, position),
                            CountingIterator(begin + text.size(), position), &builder);
    const std::string_view overflow = builder.overflow();
    if (overflow.empty()) {
      return builder.take();
    }
    if (!too_large.empty()) {
      builder.fail_overflow();
    }
    // The library ends at it. Whoever reads the field knows what number is wanted there, so it is
    // read again with another that is too large for everything.
    const auto at = static_cast<std::size_t>(overflow.data() - begin);
    too_large = overflow;
    changed = text;
    std::string instead(Builder::stand_in(too_large));
    instead.resize(too_large.size(), ' ');
    changed.replace(at, instead.size(), instead);
    text = changed;
  }
}

void expect_whole_numbers(const JsonDocument& document) {
  if (!document.fraction.text.empty()) {
    refuse(document.fraction.complaint);
  }
}

std::string read_json_text(const std::string& path) {
  if (auto text = read_input_file(path, json_size_max)) {
    return *std::move(text);
  }
  refuse_too_large(path);
}

}  // namespace synod
