// What a property has found: the first violation of a run.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace synod {

/// `about` is one line; `source` names the definition (paper and section, or what everybody calls
/// it).
struct PropertyText {
  std::string_view name;
  std::string_view about;
  std::string_view source;
};

/// An assertion in a protocol's own code is broken.
inline constexpr PropertyText assertion_text = {"assertion", "the protocol's own assertions hold",
                                                "the assertion itself"};

struct Finding {
  std::string_view property;  ///< its name; a literal
  std::string text;           ///< one sentence with the evidence
};

/// Keeps the first finding: what comes after it is a world that has already gone wrong.
class Findings {
 public:
  /// Checks cost nothing but the check while all is well: `describe` makes the text only when it
  /// is needed.
  template <class Describe>
  void expect(bool holds, const PropertyText& property, Describe&& describe) {
    if (!holds && !has_any_) [[unlikely]] {
      has_any_ = true;
      first_ = {property.name, std::forward<Describe>(describe)()};
    }
  }
  [[nodiscard]] bool has_any() const { return has_any_; }
  [[nodiscard]] const Finding& first() const { return first_; }
  void clear() {
    has_any_ = false;
    first_ = {};
  }

 private:
  bool has_any_ = false;
  Finding first_;
};

}  // namespace synod
