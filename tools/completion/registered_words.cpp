#include "tools/completion/registered_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/library/library.h"
#include "scenarios/run/runner.h"

namespace synod {

std::vector<PossibleWord> scenario_words() {
  std::vector<PossibleWord> words;
  words.reserve(library_scenarios().size());
  for (const LibraryScenario& scenario : library_scenarios()) {
    words.push_back({std::string(scenario.name), ""});
  }
  return words;
}

std::vector<PossibleWord> protocol_words() {
  std::vector<PossibleWord> words;
  words.reserve(protocols().size());
  for (const ProtocolEntry& protocol : protocols()) {
    words.push_back({std::string(protocol.text.name), std::string(protocol.text.about)});
  }
  return words;
}

std::vector<PossibleWord> mutant_words() {
  std::vector<PossibleWord> words;
  for (const ProtocolEntry& protocol : protocols()) {
    for (const MutantText& text : protocol.mutants()) {
      words.push_back({std::string(text.slug), std::string(text.about)});
    }
  }
  return words;
}

std::vector<PossibleWord> all_or_mutant_words() {
  std::vector<PossibleWord> words = mutant_words();
  words.insert(words.begin(), {{"all", "every one of them"},
                               {"generated", "all that follow from the types of rules"}});
  return words;
}

std::vector<PossibleWord> property_words() {
  std::vector<PossibleWord> words;
  for (const ProtocolEntry& protocol : protocols()) {
    for (const PropertyText& property : protocol.properties) {
      if (std::ranges::find(words, property.name, &PossibleWord::word) == words.end()) {
        words.push_back({std::string(property.name), std::string(property.about)});
      }
    }
  }
  return words;
}

std::vector<PossibleWord> expectation_words() {
  std::vector<PossibleWord> words = property_words();
  for (PossibleWord& word : words) {
    word.word = fmt::format("violated:{}", word.word);
  }
  words.insert(words.begin(), {"holds", ""});
  return words;
}

PossibleWords words_of(std::span<const std::string_view> names) {
  return [names] {
    std::vector<PossibleWord> words;
    words.reserve(names.size());
    for (const std::string_view name : names) {
      words.push_back({std::string(name), ""});
    }
    return words;
  };
}

}  // namespace synod
