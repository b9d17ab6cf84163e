#include "core/text.h"

#include <array>
#include <charconv>

namespace synod {
namespace {

// Told apart by eye and by name, also by the colour-blind.
constexpr std::array<std::string_view, 12> colours = {"red",    "blue",  "green", "orange",
                                                      "purple", "brown", "pink",  "grey",
                                                      "olive",  "cyan",  "black", "white"};
constexpr std::array<std::string_view, 3> decisions = {"none", "commit", "abort"};
constexpr std::array<std::string_view, 3> operations = {"write", "read", "quorum_read"};
constexpr std::array<std::string_view, 3> standings = {"final", "refused", "unknown"};
constexpr std::array<std::string_view, 4> outcomes = {"chosen", "not_chosen", "nothing_chosen",
                                                      "unknown"};
constexpr std::string_view none = "none";

/// A planted bug may keep two values where there is room for one. No client asks for as many values
/// as would fill a half.
constexpr unsigned half_bits = 16;
constexpr std::uint32_t half_max = 4095;
constexpr Value first_half(Value value) { return {value.number >> half_bits}; }
constexpr Value second_half(Value value) { return {value.number & UINT16_MAX}; }
constexpr bool is_two(Value value) {
  return !first_half(value).is_none() && first_half(value).number <= half_max &&
         second_half(value).number <= half_max;
}

/// A whole decimal number without sign, blanks or leading zeros.
template <class Integer>
bool try_parse_number(std::string_view text, Integer& number) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) {
    return false;
  }
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && rest == end && text.front() != '-';
}

bool try_parse_index(std::string_view text, char prefix, std::size_t count, std::uint8_t& index) {
  unsigned number = 0;
  if (text.empty() || text.front() != prefix || !try_parse_number(text.substr(1), number) ||
      number < 1 || number > count) {
    return false;
  }
  index = static_cast<std::uint8_t>(number - 1);
  return true;
}

bool try_parse_two(std::string_view first, std::string_view second, Value& two) {
  const auto try_parse_half = [](std::string_view text, Value& half) {
    half = {};
    return text == none || (try_parse(text, half) && half.number <= half_max);
  };
  Value high;
  Value low;
  if (!try_parse_half(first, high) || !try_parse_half(second, low)) {
    return false;
  }
  two.number = high.number << half_bits | low.number;
  return is_two(two);
}

}  // namespace

std::string to_text(NodeId node) { return fmt::format("n{}", node.index + 1); }
std::string to_text(ClientId client) { return fmt::format("c{}", client.index + 1); }
std::string to_text(RequestId request) {
  return fmt::format("{}#{}", to_text(request.client), request.number);
}
std::string to_text(NodeSet nodes) {
  std::string text = "{";
  for (const NodeId node : nodes) {
    if (text.size() > 1) {
      text += ", ";
    }
    text += to_text(node);
  }
  return text + "}";
}
std::string to_text(Value value) {
  if (value.is_none()) {
    return std::string(none);
  }
  if (const Decision decision = decision_of(value); decision != Decision::none) {
    return std::string(to_text(decision));
  }
  if (is_two(value)) {
    return fmt::format("{}+{}", to_text(first_half(value)), to_text(second_half(value)));
  }
  return value.number <= colours.size() ? std::string(colours[value.number - 1])
                                        : fmt::format("v{}", value.number);
}
std::string to_text(Ballot ballot) {
  return ballot.is_none() ? std::string(none)
                          : fmt::format("{}.{}", ballot.round, to_text(ballot.node));
}
std::string to_text(Vote vote) {
  return vote.is_none() ? std::string(none)
                        : fmt::format("{}@{}", to_text(vote.value), to_text(vote.ballot));
}
std::string to_text(Duration duration) { return fmt::format("{}", duration.ticks); }
std::string to_text(std::uint32_t number) { return fmt::format("{}", number); }

std::string to_text(const OneDecision::Result& result) {
  const std::string_view outcome = to_text(result.outcome);
  return result.value.is_none() ? std::string(outcome)
                                : fmt::format("{} {}", outcome, to_text(result.value));
}

bool try_parse(std::string_view text, NodeId& node) {
  return try_parse_index(text, 'n', node_count_max, node.index);
}
bool try_parse(std::string_view text, ClientId& client) {
  return try_parse_index(text, 'c', client_count_max, client.index);
}
bool try_parse(std::string_view text, RequestId& request) {
  const std::size_t hash = text.find('#');
  return hash != std::string_view::npos && try_parse(text.substr(0, hash), request.client) &&
         try_parse_number(text.substr(hash + 1), request.number);
}
bool try_parse(std::string_view text, Value& value) {
  if (Decision decision{}; try_parse(text, decision)) {
    value = value_of(decision);
    return true;
  }
  for (std::size_t i = 0; i < colours.size(); ++i) {
    if (colours[i] == text) {
      value.number = static_cast<std::uint32_t>(i + 1);
      return true;
    }
  }
  if (const std::size_t plus = text.find('+'); plus != std::string_view::npos) {
    return try_parse_two(text.substr(0, plus), text.substr(plus + 1), value);
  }
  return text.starts_with('v') && try_parse_number(text.substr(1), value.number) &&
         value.number > colours.size() && decision_of(value) == Decision::none && !is_two(value);
}
bool try_parse(std::string_view text, Ballot& ballot) {
  if (text == none) {
    ballot = {};
    return true;
  }
  const std::size_t dot = text.find('.');
  return dot != std::string_view::npos && try_parse_number(text.substr(0, dot), ballot.round) &&
         ballot.round > 0 && try_parse(text.substr(dot + 1), ballot.node);
}
bool try_parse(std::string_view text, Vote& vote) {
  if (text == none) {
    vote = {};
    return true;
  }
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && try_parse(text.substr(0, at), vote.value) &&
         try_parse(text.substr(at + 1), vote.ballot) && !vote.is_none();
}
bool try_parse(std::string_view text, std::uint32_t& number) {
  return try_parse_number(text, number);
}
bool try_parse(std::string_view text, std::uint64_t& number) {
  return try_parse_number(text, number);
}

std::span<const std::string_view> words_of(Decision /*decision*/) { return decisions; }
std::span<const std::string_view> words_of(OperationKind /*operation*/) { return operations; }
std::span<const std::string_view> words_of(Outcome /*outcome*/) { return outcomes; }
std::span<const std::string_view> words_of(Standing /*standing*/) { return standings; }

}  // namespace synod
