// How GoogleTest prints the vocabulary of core: as people write it. Every test of core includes
// this, for a type must print the same way all over one program.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "core/paxos/messages.h"
#include "core/text.h"

namespace synod {

template <HasText T>
void PrintTo(const T& value, std::ostream* out) {  // NOLINT(readability-identifier-naming)
  *out << to_text(value);
}

/// Messages, requests, answers: their name and their parts.
template <class T>
  requires requires { T::name; }
void PrintTo(const T& value, std::ostream* out) {  // NOLINT(readability-identifier-naming)
  *out << T::name;
  T::fields(value, [&](std::string_view name, const auto& part) {
    *out << ' ' << name << '=' << to_text(part);
  });
}

namespace paxos {

using synod::PrintTo;

inline void PrintTo(const Durable& state,  // NOLINT(readability-identifier-naming)
                    std::ostream* out) {
  *out << "promised=" << to_text(state.promised) << " vote=" << to_text(state.vote)
       << " round_tried=" << state.round_tried;
}

}  // namespace paxos
}  // namespace synod
