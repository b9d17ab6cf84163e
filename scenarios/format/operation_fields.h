// What a protocol's clients ask, field by field, for the schema.
#pragma once

#include <concepts>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "core/value.h"
#include "scenarios/format/step_json.h"
#include "scenarios/registry/registry.h"

namespace synod {

template <class Operation>
std::vector<OperationField> operation_fields_of() {
  using Kind = OperationField::Kind;
  std::vector<OperationField> fields;
  const Operation operation{};
  Operation::fields(operation, [&]<class T>(std::string_view name, const T& field) {
    OperationField told{.name = name, .words = {}, .may_be_left_out = may_be_left_out<T>};
    if constexpr (HasWords<T>) {
      told.kind = Kind::words;
      told.words = words_of(field);
    } else {
      told.kind = std::same_as<T, Value>  ? Kind::value
                  : std::same_as<T, bool> ? Kind::yes_or_no
                  : std::integral<T>      ? Kind::whole_number
                                          : Kind::other;
    }
    fields.push_back(told);
  });
  return fields;
}

}  // namespace synod
