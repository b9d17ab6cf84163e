// What a hunt came to, for a terminal, for machines and as a page of Markdown.
#pragma once

#include <span>
#include <string>

#include "tools/hunt/hunt_figures.h"

namespace synod {

/// A table for each protocol, and below them what was aimed at beside what was reached.
std::string hunt_text(const HuntSummary& summary);

/// A list: one entry for each mutant and strategy. A figure beyond the budget is null, and `found`
/// beside `trials` tells why.
std::string hunt_json(const HuntSummary& summary);

/// The same tables with what is wrong in each mutant; then `safe_or_outside`: of these, the
/// controls and what is outside the fault model, each in a section of its own.
std::string hunt_markdown(const HuntSummary& summary, std::span<const HuntTarget> safe_or_outside);

}  // namespace synod
