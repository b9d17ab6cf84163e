// A value of a document with its line and its path, so that a complaint about it can say
// "FILE:LINE: FIELD: what is wrong: what would be right".
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace synod {

struct JsonDocument;
struct JsonLines;
struct PackedElement;

/// One value of a document. It must not outlive the document, nor the Located it was found in.
class Located {
 public:
  /// The whole document.
  Located(const JsonDocument& document, const std::string& file);
  /// A value that comes from no file: complaints begin with the field.
  explicit Located(const nlohmann::ordered_json& value) : value_(value) {}

  [[nodiscard]] const nlohmann::ordered_json& value() const { return value_; }
  [[nodiscard]] std::size_t line() const;
  /// "steps[3].from"; empty for the whole document.
  [[nodiscard]] std::string path() const;

  /// The member with this name; none when there is none.
  [[nodiscard]] std::optional<Located> find(std::string_view name) const;
  /// The element at `index`, which must exist, of a list that is not packed.
  [[nodiscard]] Located operator[](std::size_t index) const;
  /// Of any list, in order. The element is gone when `visit` returns.
  void for_each_element(
      const std::function<void(const Located& element, std::size_t index)>& visit) const;
  [[nodiscard]] std::size_t element_count() const;

  [[noreturn]] void fail(std::string_view complaint) const { fail(complaint, line()); }
  [[noreturn]] void fail(std::string_view complaint, std::size_t line) const;
  /// A member that should be here is not.
  [[noreturn]] void fail_missing(std::string_view name, std::string_view wanted) const;
  /// This is something else than `wanted`: "give WANTED".
  [[noreturn]] void fail_unless_wanted(std::string_view wanted) const;

  /// It must be an object, and have no member but these.
  void expect_object(std::string_view wanted) const;
  void expect_members(std::span<const std::string_view> names) const;
  void expect_list(std::string_view wanted) const;
  /// It must be a string.
  [[nodiscard]] const std::string& text(std::string_view wanted) const;

 private:
  Located(const nlohmann::ordered_json& value, const JsonLines* lines, const Located& parent,
          std::string_view name, std::size_t index);
  [[nodiscard]] const JsonLines* lines_of(std::size_t child) const;
  /// Null where this is no packed list.
  [[nodiscard]] const std::deque<PackedElement>* packed_elements() const;

  const nlohmann::ordered_json& value_;
  const JsonLines* lines_ = nullptr;
  const JsonDocument* document_ = nullptr;
  std::string_view file_;
  const Located* parent_ = nullptr;
  std::string_view name_;  ///< empty for an element of a list
  std::size_t index_ = 0;
};

}  // namespace synod
