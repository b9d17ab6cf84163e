#include "scenarios/words/finding_shape.h"

#include <fmt/format.h>

#include <cctype>
#include <map>

#include "core/text.h"

namespace synod {

std::string shape_of(const std::string& finding) {
  std::string shape;
  std::map<std::string, std::string> names;
  std::map<char, int> counts;
  const auto general = [&](const std::string& word) -> std::string {
    NodeId node;
    ClientId client;
    Ballot ballot;
    Value value;
    Vote vote;
    RequestId request;
    std::uint32_t number = 0;
    char kind = 0;
    if (try_parse(word, node)) {
      kind = 'N';
    } else if (try_parse(word, client)) {
      kind = 'C';
    } else if (try_parse(word, request)) {
      kind = 'R';
    } else if (word == "none") {
      return word;
    } else if (try_parse(word, ballot)) {
      kind = 'B';
    } else if (try_parse(word, vote)) {
      kind = 'W';
    } else if (try_parse(word, value)) {
      kind = 'V';
    } else if (try_parse(word, number)) {
      kind = 'I';
    } else {
      return word;
    }
    std::string& name = names[word];
    if (name.empty()) {
      name = fmt::format("{}{}", kind, ++counts[kind]);
    }
    return name;
  };
  std::string word;
  bool is_in_set = false;  // {n1, n3, n4} → {…}: how many are in it does not matter
  const auto end_word = [&] {
    // A full stop may end a sentence or stand inside a ballot.
    shape += is_in_set ? "" : general(word);
    word.clear();
  };
  for (const char c : finding) {
    const bool is_word = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '@' ||
                         c == '_' || c == '#';
    if (is_word) {
      word += c;
      continue;
    }
    end_word();
    if (c == '{') {
      is_in_set = true;
      shape += "{…}";
    } else if (c == '}') {
      is_in_set = false;
    } else if (!is_in_set) {
      shape += c;
    }
  }
  end_word();
  return shape;
}

}  // namespace synod
