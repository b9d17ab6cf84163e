// What several verbs print alike.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "properties/finding.h"
#include "scenarios/format/trace.h"
#include "scenarios/format/verdict.h"
#include "scenarios/run/runner.h"

namespace synod {

/// "violated      agreement" and the evidence below, or "inconclusive  nothing was chosen".
void print_verdict(Verdict verdict, const Finding& finding, std::string_view inconclusive);

/// "paxos + sd-duel"
std::string what_was_run(const RunChoices& choices);

/// Why only safety was judged, of a run of which no progress was demanded; else nothing.
void print_undemanded(Undemanded undemanded, const Configuration& configuration);

/// How many steps did not apply, and which was the first; nothing when all did.
void print_skipped(const Trace& trace, const ReplayReport& report);

/// Something that was asked for and shows nothing. A line each; they change no verdict.
void print_warnings(const std::vector<std::string>& warnings);
/// What is to be said of a trace, and of its faults that touched nothing.
std::vector<std::string> warnings_of(const Trace& trace, const ReplayReport& report);

/// That it was asked without these bugs, with which the trace expects something else.
void print_asked_without(const std::vector<std::string>& mutants, const Trace& trace);

/// Whether it came to what the trace expects; nothing when it expects nothing.
void print_expected(const Trace& trace, const ReplayReport& report);

/// 1234567 → "1,234,567"
std::string grouped(std::uint64_t number);
/// "1 run", "1,234 runs"
std::string counted(std::uint64_t number, std::string_view what);

}  // namespace synod
