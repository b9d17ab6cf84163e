// Two well-read introductions to Paxos, sentence by sentence where they differ from the algorithms:
// what the sentence says, how it is built, what must come of it, and the rule that is right.
//
// PE is "Paxos in Plain English", HB is H. Brundage, "Neat Algorithms: Paxos". `synod texts` runs
// what is here, and writes the page beside the scenarios.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace synod {

/// What comes of a sentence that is taken at its word.
enum class TextVerdict : std::uint8_t {
  unsafe,      ///< two values are chosen, or somebody is told what is not so
  not_live,    ///< nothing wrong is ever said, but somebody waits for ever
  safe,        ///< it differs from the rule, and nothing comes of it
  misleading,  ///< it can be built only as something else, or not at all: correct runs refute it
  right,       ///< it says what is so
};
std::string_view to_text(TextVerdict verdict);

/// One way to take a sentence at its word: a planted bug or control, in what a campaign draws or in
/// a random form of the library; or the steps of a scenario.
struct Experiment {
  std::string_view what;  ///< is built or shown, in half a sentence
  std::string_view mutant;
  std::string_view scenario;  ///< with steps where there is no mutant, else without or none
  /// What must come of it: `unsafe`, `not_live` or `safe`.
  TextVerdict verdict = TextVerdict::unsafe;
  bool is_progress_judged = true;  ///< false: who waits for ever is let wait
};

struct TextSentence {
  std::string_view number;                    ///< "A1" …
  std::string_view text;                      ///< "PE" or "HB"
  std::string_view quote;                     ///< one line
  TextVerdict verdict = TextVerdict::unsafe;  ///< of the sentence
  std::span<const Experiment> experiments;
  std::string_view why;   ///< what happens, or why the sentence itself cannot be run
  std::string_view rule;  ///< the correct one
  std::string_view source;
};

/// In the order of their numbers.
std::span<const TextSentence> text_sentences();

}  // namespace synod
