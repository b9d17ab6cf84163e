// The planted bugs that a run was asked for. Several go together: two wrongs can hide each other.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/mutants/generated_mutants.h"
#include "scenarios/mutants/mutant.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/nearest.h"

namespace synod {

template <class P>
class Planted {
 public:
  /// Of the properties in `overlooked`, too, nothing is reported. Throws InputError for a mutant
  /// that the protocol does not have.
  explicit Planted(const std::vector<std::string>& slugs,
                   std::vector<std::string_view> overlooked = {})
      : gives_up_(std::move(overlooked)) {
    mutants_.reserve(slugs.size());
    for (const std::string& slug : slugs) {
      mutants_.push_back(named(slug));
      const auto& gives_up = mutants_.back().text.gives_up;
      gives_up_.insert(gives_up_.end(), gives_up.begin(), gives_up.end());
    }
  }

  [[nodiscard]] std::size_t count() const { return mutants_.size(); }

  void plant(typename P::Config& config) const {
    for (const Mutant<P>& mutant : mutants_) {
      if (mutant.plant != nullptr) {
        mutant.plant(config);
      }
    }
    if (mend_) {
      mend_(config);
    }
  }
  /// Takes a part of what is planted back, from now on.
  void mend(std::function<void(typename P::Config&)> mend) { mend_ = std::move(mend); }
  void set_up(Configuration& configuration) const {
    for (const Mutant<P>& mutant : mutants_) {
      if (mutant.set_up != nullptr) {
        mutant.set_up(configuration);
      }
    }
  }
  /// Properties that the mutants break by design, or that are overlooked; valid as long as this
  /// object is.
  [[nodiscard]] std::span<const std::string_view> gives_up() const { return gives_up_; }

  /// The fault that a planted one stands for and the protocol does not claim to bear; empty where
  /// there is none.
  [[nodiscard]] std::string outside_fault_model() const {
    for (const Mutant<P>& mutant : mutants_) {
      if (mutant.text.kind == MutantKind::outside_fault_model) {
        return std::string(mutant.text.about);
      }
    }
    return {};
  }

 private:
  static const Mutant<P>& named(const std::string& slug) {
    for (const std::span<const Mutant<P>> all : {mutants_of<P>(), generated_mutants_of<P>()}) {
      const auto mutant =
          std::ranges::find_if(all, [&](const Mutant<P>& one) { return one.text.slug == slug; });
      if (mutant != all.end()) {
        return *mutant;
      }
    }
    for (const Mutant<P>& generated : generated_mutants_of<P>()) {
      if (std::string_view(generated.text.slug).ends_with("." + slug)) {
        refuse(fmt::format("no mutant \"{}\" of {}: did you mean \"{}\"?", slug, P::name,
                           generated.text.slug));
      }
    }
    if (is_like_a_generated_one(slug)) {
      refuse_name(slug, generated_mutants_of<P>(), "synod list mutants --generated");
    }
    refuse_name(slug, mutants_of<P>(), "synod list mutants");
  }
  [[noreturn]] static void refuse_name(const std::string& slug, std::span<const Mutant<P>> all,
                                       std::string_view listed_by) {
    const auto slug_of = [](const Mutant<P>& mutant) { return mutant.text.slug; };
    refuse(all.empty() ? fmt::format("no mutant \"{}\": {} has none", slug, P::name)
                       : fmt::format("no mutant \"{}\" of {}: {}", slug, P::name,
                                     right_name(slug, names_among(all, slug_of), listed_by)));
  }

  std::vector<Mutant<P>> mutants_;
  std::vector<std::string_view> gives_up_;
  std::function<void(typename P::Config&)> mend_;
};

template <class P>
std::vector<MutantText> texts_of(std::span<const Mutant<P>> mutants) {
  std::vector<MutantText> texts(mutants.size());
  std::ranges::transform(mutants, texts.begin(),
                         [](const Mutant<P>& mutant) { return mutant.text; });
  return texts;
}
template <class P>
std::vector<MutantText> mutant_texts_of() {
  return texts_of(mutants_of<P>());
}
template <class P>
std::vector<MutantText> generated_mutant_texts_of() {
  return texts_of(generated_mutants_of<P>());
}

}  // namespace synod
