// JSON that is held, compared, and read or written one field at a time, without its library: most
// sources of the project need no more of it, and <nlohmann/json.hpp> takes longer to compile than
// they do. Whoever builds documents includes that, and has the values themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synod {

/// An object: what a trace says in words that only a protocol, or a configuration, can judge.
class JsonFields {
 public:
  JsonFields();  ///< no fields
  explicit JsonFields(nlohmann::ordered_json&& object);
  JsonFields(const JsonFields& other);
  JsonFields(JsonFields&& other) noexcept;  ///< `other` may only be assigned to, or go
  JsonFields& operator=(const JsonFields& other);
  JsonFields& operator=(JsonFields&& other) noexcept;
  ~JsonFields();

  [[nodiscard]] const nlohmann::ordered_json& json() const& { return *json_; }
  [[nodiscard]] nlohmann::ordered_json& json() & { return *json_; }
  void json() const&& = delete;  ///< it would be gone when the line ends

  /// On one line.
  [[nodiscard]] std::string text() const;

  /// The same fields, in the same order.
  bool operator==(const JsonFields& other) const;

 private:
  std::unique_ptr<nlohmann::ordered_json> json_;
};

/// The same in as few bytes as its text has or fewer, where as JSON it takes ten times as many: for
/// what there are millions of. Nothing in it can be looked at until it is unpacked.
class PackedJson {
 public:
  PackedJson();                          ///< no fields
  PackedJson(const JsonFields& fields);  // NOLINT(*-explicit-*): the same, smaller
  explicit PackedJson(const nlohmann::ordered_json& json);  ///< any value

  [[nodiscard]] JsonFields unpacked() const;
  /// On one line.
  [[nodiscard]] std::string text() const { return unpacked().text(); }

  bool operator==(const PackedJson&) const = default;

 private:
  std::string bytes_;  ///< MessagePack
};

// ---- Reading ------------------------------------------------------------------------------------

/// Null where it is no object, or has no such member.
const nlohmann::ordered_json* member_of(const nlohmann::ordered_json& json, std::string_view name);
/// Of an object or a list; 0 of anything else.
std::size_t size_of(const nlohmann::ordered_json& json);
bool is_object(const nlohmann::ordered_json& json);
/// Null where it is something else.
const std::string* text_of(const nlohmann::ordered_json& json);
/// That of a member; null where there is none.
const std::string* text_of(const nlohmann::ordered_json& json, std::string_view name);
/// Of a list, all of them; none where it is something else, or holds something else.
std::optional<std::vector<std::string>> texts_of(const nlohmann::ordered_json& json);
/// Only whole numbers in the range.
bool try_read_number(const nlohmann::ordered_json& json, std::uint64_t max, std::uint64_t& number);
bool try_read_number(const nlohmann::ordered_json& json, std::int64_t min, std::int64_t max,
                     std::int64_t& number);

bool try_read_flag(const nlohmann::ordered_json& json, bool& flag);
bool is_list(const nlohmann::ordered_json& json);
/// `index` is below its size.
const nlohmann::ordered_json& element_of(const nlohmann::ordered_json& list, std::size_t index);
bool is_null(const nlohmann::ordered_json& json);

// ---- Writing ------------------------------------------------------------------------------------

/// Added at the end, where there is none with this name.
nlohmann::ordered_json& member_for(nlohmann::ordered_json& object, std::string_view name);
void erase_member(nlohmann::ordered_json& object, std::string_view name);
void set_object(nlohmann::ordered_json& json);
void set_text(nlohmann::ordered_json& json, std::string_view text);
void set_texts(nlohmann::ordered_json& json, const std::vector<std::string>& texts);
void set_number(nlohmann::ordered_json& json, std::uint64_t number);
void set_number(nlohmann::ordered_json& json, std::int64_t number);
void set_flag(nlohmann::ordered_json& json, bool flag);
void set_null(nlohmann::ordered_json& json);
void set_list(nlohmann::ordered_json& json);  ///< an empty one
nlohmann::ordered_json& add_element(nlohmann::ordered_json& list);

}  // namespace synod
