#include "scenarios/format/located_json.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/format/complaint.h"
#include "scenarios/format/json_document.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/nearest.h"

namespace synod {

using nlohmann::ordered_json;

Located::Located(const JsonDocument& document, const std::string& file)
    : value_(document.value), lines_(&document.lines), document_(&document), file_(file) {}

Located::Located(const ordered_json& value, const JsonLines* lines, const Located& parent,
                 std::string_view name, std::size_t index)
    : value_(value),
      lines_(lines),
      document_(parent.document_),
      file_(parent.file_),
      parent_(&parent),
      name_(name),
      index_(index) {}

std::size_t Located::line() const { return lines_ == nullptr ? 0 : lines_->line; }

const JsonLines* Located::lines_of(std::size_t child) const {
  return lines_ == nullptr ? nullptr : &lines_->of(child);
}

std::string Located::path() const {
  if (parent_ == nullptr) {
    return {};
  }
  std::string path = parent_->path();
  if (parent_->value_.is_array()) {
    append_index(path, index_);
  } else {
    append_name(path, name_);
  }
  return path;
}

std::optional<Located> Located::find(std::string_view name) const {
  std::size_t index = 0;
  for (auto member = value_.begin(); member != value_.end(); ++member, ++index) {
    if (member.key() == name) {
      return Located(member.value(), lines_of(index), *this, member.key(), index);
    }
  }
  return std::nullopt;
}

Located Located::operator[](std::size_t index) const {
  return {value_[index], lines_of(index), *this, {}, index};
}

const std::deque<PackedElement>* Located::packed_elements() const {
  const bool is_member_of_root = parent_ != nullptr && parent_->parent_ == nullptr;
  return is_member_of_root && document_ != nullptr && !name_.empty() &&
                 name_ == document_->packed.name
             ? &document_->packed.elements
             : nullptr;
}

void Located::for_each_element(
    const std::function<void(const Located& element, std::size_t index)>& visit) const {
  const std::deque<PackedElement>* const packed = packed_elements();
  for (std::size_t i = 0; i < element_count(); ++i) {
    if (packed == nullptr) {
      visit((*this)[i], i);
    } else {
      const JsonFields unpacked = (*packed)[i].value.unpacked();
      visit(Located(unpacked.json(), &(*packed)[i].lines, *this, {}, i), i);
    }
  }
}

std::size_t Located::element_count() const {
  const std::deque<PackedElement>* const packed = packed_elements();
  return packed == nullptr ? value_.size() : packed->size();
}

void Located::fail(std::string_view complaint, std::size_t line) const {
  refuse(complaint_line(file_, line, path(), complaint));
}

void Located::fail_missing(std::string_view name, std::string_view wanted) const {
  std::string missing = path();
  append_name(missing, name);
  refuse(complaint_line(file_, line(), missing, fmt::format("missing: give {}", wanted)));
}

void Located::fail_unless_wanted(std::string_view wanted) const {
  const bool is_as_it_stands = document_ != nullptr && !document_->fraction.text.empty() &&
                               value_.is_number_float() &&
                               value_.get<double>() == document_->fraction.value;
  fail(fmt::format("{}: give {}", is_as_it_stands ? document_->fraction.text : described(value_),
                   wanted));
}

void Located::expect_object(std::string_view wanted) const {
  if (!value_.is_object()) {
    fail_unless_wanted(wanted);
  }
}

void Located::expect_members(std::span<const std::string_view> names) const {
  std::size_t index = 0;
  for (auto member = value_.begin(); member != value_.end(); ++member, ++index) {
    if (std::ranges::find(names, member.key()) == names.end()) {
      Located(member.value(), lines_of(index), *this, member.key(), index)
          .fail(fmt::format("unknown field: {}",
                            right_name(member.key(), names, "synod list schema")));
    }
  }
}

void Located::expect_list(std::string_view wanted) const {
  if (!value_.is_array()) {
    fail_unless_wanted(wanted);
  }
}

const std::string& Located::text(std::string_view wanted) const {
  if (!value_.is_string()) {
    fail_unless_wanted(wanted);
  }
  return value_.get_ref<const std::string&>();
}

}  // namespace synod
