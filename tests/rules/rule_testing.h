// What the tests of the rules share.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/rules/rules.h"

namespace synod::rules {

/// The tree keeps `rule`: a failure lists what breaks it, a line each.
inline void expect_kept_by_the_tree(Rule rule) {
  for (const Finding& finding : rule(source_tree()))
    ADD_FAILURE() << finding;
}

/// What `rule` finds in one planted file.
inline Findings findings_in(Rule rule, const std::string& path, const std::string& text) {
  return rule({File{path, text}});
}

/// A finding on `line` whose message says `words`.
inline auto finding_on(int line, const std::string& words) {
  return testing::AllOf(testing::Field("line", &Finding::line, line),
                        testing::Field("message", &Finding::message, testing::HasSubstr(words)));
}

}  // namespace synod::rules
