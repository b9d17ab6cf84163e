#include "scenarios/format/json_fields.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "scenarios/words/safe_text.h"

namespace synod {

using nlohmann::ordered_json;

JsonFields::JsonFields() : json_(std::make_unique<ordered_json>(ordered_json::object())) {}
JsonFields::JsonFields(ordered_json&& object)
    : json_(std::make_unique<ordered_json>(std::move(object))) {}
JsonFields::JsonFields(const JsonFields& other)
    : json_(std::make_unique<ordered_json>(*other.json_)) {}
JsonFields::JsonFields(JsonFields&& other) noexcept = default;
JsonFields& JsonFields::operator=(const JsonFields& other) {
  json_ = std::make_unique<ordered_json>(*other.json_);
  return *this;
}
JsonFields& JsonFields::operator=(JsonFields&& other) noexcept = default;
JsonFields::~JsonFields() = default;

std::string JsonFields::text() const { return format_json(*json_, -1); }

bool JsonFields::operator==(const JsonFields& other) const { return *json_ == *other.json_; }

PackedJson::PackedJson() : PackedJson(ordered_json::object()) {}
PackedJson::PackedJson(const JsonFields& fields) : PackedJson(fields.json()) {}
PackedJson::PackedJson(const ordered_json& json) {
  std::string bytes;
  ordered_json::to_msgpack(json, bytes);
  bytes_ = std::string_view(bytes);  // no more room than they need
}

JsonFields PackedJson::unpacked() const {
  return JsonFields(ordered_json::from_msgpack(bytes_, true, false));
}

const ordered_json* member_of(const ordered_json& json, std::string_view name) {
  const auto member = json.find(name);  // the end of anything but an object
  return member == json.end() ? nullptr : &*member;
}

std::size_t size_of(const ordered_json& json) { return json.is_structured() ? json.size() : 0; }

bool is_object(const ordered_json& json) { return json.is_object(); }

const std::string* text_of(const ordered_json& json) { return json.get_ptr<const std::string*>(); }
const std::string* text_of(const ordered_json& json, std::string_view name) {
  const ordered_json* member = member_of(json, name);
  return member == nullptr ? nullptr : text_of(*member);
}

std::optional<std::vector<std::string>> texts_of(const ordered_json& json) {
  if (!json.is_array()) {
    return std::nullopt;
  }
  std::vector<std::string> texts;
  for (const auto& element : json) {
    if (!element.is_string()) {
      return std::nullopt;
    }
    texts.push_back(element.get_ref<const std::string&>());
  }
  return texts;
}

bool try_read_number(const ordered_json& json, std::uint64_t max, std::uint64_t& number) {
  if (!json.is_number_integer() || (!json.is_number_unsigned() && json.get<std::int64_t>() < 0) ||
      json.get<std::uint64_t>() > max) {
    return false;
  }
  number = json.get<std::uint64_t>();
  return true;
}
bool try_read_number(const ordered_json& json, std::int64_t min, std::int64_t max,
                     std::int64_t& number) {
  if (!json.is_number_integer() ||
      (json.is_number_unsigned() && !std::in_range<std::int64_t>(json.get<std::uint64_t>()))) {
    return false;
  }
  const auto read = json.get<std::int64_t>();
  if (read < min || read > max) {
    return false;
  }
  number = read;
  return true;
}

bool try_read_flag(const ordered_json& json, bool& flag) {
  const bool is_flag = json.is_boolean();
  flag = is_flag ? json.get<bool>() : flag;
  return is_flag;
}
bool is_list(const ordered_json& json) { return json.is_array(); }
const ordered_json& element_of(const ordered_json& list, std::size_t index) { return list[index]; }
bool is_null(const ordered_json& json) { return json.is_null(); }

ordered_json& member_for(ordered_json& object, std::string_view name) {
  return object[std::string(name)];
}
void erase_member(ordered_json& object, std::string_view name) { object.erase(std::string(name)); }
void set_object(ordered_json& json) { json = ordered_json::object(); }
void set_text(ordered_json& json, std::string_view text) { json = text; }
void set_texts(ordered_json& json, const std::vector<std::string>& texts) { json = texts; }
void set_number(ordered_json& json, std::uint64_t number) { json = number; }
void set_number(ordered_json& json, std::int64_t number) { json = number; }
void set_flag(ordered_json& json, bool flag) { json = flag; }
void set_null(ordered_json& json) { json = nullptr; }
void set_list(ordered_json& json) { json = ordered_json::array(); }
ordered_json& add_element(ordered_json& list) { return list.emplace_back(); }

}  // namespace synod
