// An entry of a protocol's table of rules, as a type. A table that names its entries (`entries`,
// and `protocol`, whose they are) can be listened to: see scenarios/chronicle/heard_rules.h.
#pragma once

namespace synod {

template <auto Member>
struct RuleEntry {
  static constexpr auto member = Member;
};

}  // namespace synod
