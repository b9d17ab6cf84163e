// What a property has found: the first violation of a run.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace synod {

struct PropertyText {
  std::string_view name;
  std::string_view about;   ///< one line
  std::string_view source;  ///< of the definition: paper and section, or what everybody calls it
  /// What a published specification calls it: module and name. Empty: nothing.
  std::string_view specification = {};  // NOLINT(readability-redundant-member-init): for g++
  /// That defines it. (Of a std::source_location g++ 12 makes what cannot be linked.)
  std::string_view file = __builtin_FILE();
};

/// An assertion in a protocol's own code is broken.
inline constexpr PropertyText assertion_text = {"assertion", "the protocol's own assertions hold",
                                                "the assertion itself"};

struct Finding {
  std::string_view property;  ///< its name; a literal
  std::string text;           ///< one sentence with the evidence
};

/// For the `fields` of a witness: what its properties remember, each by the property's name. Most
/// remember nothing.
template <class Visit, class Properties>
constexpr void visit_properties(Visit& visit, Properties& properties) {
  if constexpr (requires { visit.whole(properties); }) {
    visit.whole(properties);
  } else {
    const auto visit_one = [&]<class Property>(Property& property) {
      if constexpr (!std::is_empty_v<Property>) {
        visit(Property::text.name, property);
      }
    };
    std::apply([&](auto&... property) { (visit_one(property), ...); }, properties);
  }
}

/// Keeps the first finding: what comes after it is a world that has already gone wrong. What comes
/// after a limit of the simulator is no world of this protocol at all, and nothing is found in it.
class Findings {
 public:
  /// Violations of these properties, by name, are none from here on: what runs gives them up by
  /// design. The names must outlive the findings.
  void start(std::span<const std::string_view> given_up = {}) {
    given_up_ = given_up;
    clear();
  }
  /// Checks cost nothing but the check while all is well: `describe` makes the text only when it
  /// is needed.
  template <class Describe>
  void expect(bool holds, const PropertyText& property, Describe&& describe) {
    if (!holds && !is_over() && !is_given_up(property)) [[unlikely]] {
      has_any_ = true;
      first_ = {property.name, std::forward<Describe>(describe)()};
    }
  }
  [[nodiscard]] bool has_any() const { return has_any_; }
  [[nodiscard]] const Finding& first() const { return first_; }
  /// A number that the simulator counts in has come to its bound (sim/limits.h). `limit` is a
  /// literal.
  void meet(std::string_view limit) {
    if (limit_.empty()) {
      limit_ = limit;
    }
  }
  /// Something has happened that no protocol claims to bear. `what` is a literal.
  void go_beyond_every_model(std::string_view what) {
    if (!is_over()) {
      beyond_every_model_ = what;
    }
  }
  /// Empty when nothing of the kind has.
  [[nodiscard]] std::string_view beyond_every_model() const { return beyond_every_model_; }
  /// Empty when none was met.
  [[nodiscard]] std::string_view limit() const { return limit_; }
  /// Nothing that comes after counts.
  [[nodiscard]] bool is_over() const { return has_any_ || !limit_.empty(); }
  void clear() {
    has_any_ = false;
    first_ = {};
    limit_ = {};
    beyond_every_model_ = {};
  }

 private:
  [[nodiscard]] bool is_given_up(const PropertyText& property) const {
    return std::find(given_up_.begin(), given_up_.end(), property.name) != given_up_.end();
  }

  std::span<const std::string_view> given_up_;
  bool has_any_ = false;
  Finding first_;
  std::string_view limit_;
  std::string_view beyond_every_model_;
};

}  // namespace synod
