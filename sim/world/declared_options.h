// From a struct of options to what everybody else sees of it; see sim/world/options.h.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/world/configuration.h"
#include "sim/world/options.h"

namespace synod {

/// What a protocol without options of its own has.
struct NoOptions {};

namespace detail {

constexpr OptionKind kind_of(const std::uint32_t& /*field*/) { return OptionKind::number; }
constexpr OptionKind kind_of(const Duration& /*field*/) { return OptionKind::duration; }
constexpr OptionKind kind_of(const DurationRange& /*field*/) { return OptionKind::duration_range; }
constexpr OptionKind kind_of(const Ratio& /*field*/) { return OptionKind::ratio; }
constexpr OptionKind kind_of(const NodeSet& /*field*/) { return OptionKind::nodes; }

template <class Struct>
constexpr Struct default_options(std::uint32_t node_count) {
  if constexpr (requires { Struct::for_nodes(node_count); }) {
    return Struct::for_nodes(node_count);
  } else {
    return Struct{};
  }
}

template <class Struct>
constexpr std::size_t option_count() {
  if constexpr (std::is_empty_v<Struct>) {
    return 0;
  } else {
    std::size_t count = 0;
    const Struct values{};
    Struct::fields(values, [&](const OptionText&, const auto&) { ++count; });
    return count;
  }
}

/// Has the option at `index` the same value in both?
template <class Struct>
constexpr bool is_same_at(const Struct& a, const Struct& b, std::size_t index) {
  bool is_same = true;
  std::size_t i = 0;
  Struct::fields(a, [&]<class T>(const OptionText&, const T& one) {
    std::size_t j = 0;
    Struct::fields(b, [&]<class U>(const OptionText&, const U& other) {
      if constexpr (std::is_same_v<T, U>) {
        is_same = is_same && (i != index || j != index || one == other);
      }
      ++j;
    });
    ++i;
  });
  return is_same;
}

template <class Struct>
constexpr auto option_texts() {
  std::array<OptionText, option_count<Struct>()> texts{};
  std::size_t i = 0;
  const Struct values{};
  Struct::fields(values, [&](const OptionText& text, const auto& field) {
    texts[i] = text;
    texts[i].kind = kind_of(field);
    for (std::uint32_t nodes = 2; nodes <= node_count_max; ++nodes) {
      texts[i].follows_nodes |=
          !is_same_at(default_options<Struct>(1), default_options<Struct>(nodes), i);
    }
    ++i;
  });
  return texts;
}

/// A name like those of fields, which no field and no other option has.
constexpr bool are_good_names(const auto& texts) {
  bool is_good = true;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string_view name = texts[i].name;
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyz0123456789_";
    is_good &= !name.empty() && name.find_first_not_of(plain) == std::string_view::npos;
    for (std::size_t j = 0; j < i; ++j) {
      is_good &= texts[j].name != name;
    }
    const Configuration configuration;
    Configuration::fields(
        configuration,
        [&](std::string_view field, const auto& /*value*/) { is_good &= field != name; },
        [](OptionPart /*part*/) {});
  }
  return is_good;
}

template <class Struct>
class OptionsOf final : public DeclaredOptions {
 public:
  constexpr OptionsOf() : DeclaredOptions(texts) {}

  [[nodiscard]] Options for_nodes(std::uint32_t node_count) const override {
    return Options::of(default_options<Struct>(node_count));
  }
  [[nodiscard]] std::string complaint(const Configuration& configuration) const override;
  void draw(Configuration& configuration, const OptionLuck& luck) const override;
  void draw_uniform(Configuration& configuration, const Luck& luck) const override;
  [[nodiscard]] std::vector<Options> with_a_node_less(
      const Configuration& configuration) const override;
  [[nodiscard]] std::vector<Options> others(const Configuration& configuration) const override;
  [[nodiscard]] std::string sentence(const Configuration& configuration) const override;
  [[nodiscard]] std::string cluster_text(const Configuration& configuration) const override;

 private:
  static constexpr auto texts = option_texts<Struct>();
  static_assert(texts.size() <= option_count_max, "too many options for one protocol");
  static_assert(are_good_names(texts),
                "an option needs a name of its own, like lease_ticks, that no field has");

  void refer(void* values, OptionRef* refs) const override {
    Struct::fields(*std::launder(static_cast<Struct*>(values)),
                   [&](const OptionText& /*text*/, auto& field) { *refs++ = &field; });
  }
  static std::vector<Options> erased(const std::vector<Struct>& all) {
    std::vector<Options> result;
    result.reserve(all.size());
    for (const Struct& one : all) {
      result.push_back(Options::of(one));
    }
    return result;
  }
};

template <class Struct>
inline constexpr OptionsOf<Struct> options_of_struct{};

}  // namespace detail

/// Those that a struct declares; null where it declares none.
template <class Struct>
constexpr const DeclaredOptions* declared_options() {
  if constexpr (detail::option_count<Struct>() == 0) {
    return nullptr;
  } else {
    return &detail::options_of_struct<Struct>;
  }
}

/// Those of a setup that names a struct `Options`; null where it names none.
template <class Setup>
constexpr const DeclaredOptions* options_declared_by() {
  if constexpr (requires { typename Setup::Options; }) {
    return declared_options<typename Setup::Options>();
  } else {
    return nullptr;
  }
}

template <class Struct>
Options Options::of(const Struct& values) {
  static_assert(std::is_trivially_copyable_v<Struct> && sizeof(Struct) <= sizeof(values_) &&
                    alignof(Struct) <= alignof(std::uint64_t),
                "options are few and flat");
  Options options;
  options.declared_ = declared_options<Struct>();
  ::new (options.values_.data()) Struct(values);
  return options;
}

template <class Struct>
const Struct* Options::try_as() const {
  return declared_ != nullptr && declared_ == declared_options<Struct>()
             ? std::launder(reinterpret_cast<const Struct*>(values_.data()))
             : nullptr;
}

/// The options of the protocol that declares this struct. A configuration that holds none, or those
/// of another protocol, has the defaults for its number of nodes, but for options that are called
/// the same.
template <class Struct>
Struct options_of(const Configuration& configuration) {
  if (const auto* const held = configuration.options.template try_as<Struct>()) {
    return *held;
  }
  const Options options =
      configuration.options.as(declared_options<Struct>(), configuration.node_count);
  const auto* const held = options.template try_as<Struct>();
  return held == nullptr ? Struct{} : *held;
}

/// The same, to be changed: from now on the configuration holds them.
template <class Struct>
Struct& options_in(Configuration& configuration) {
  static_assert(detail::option_count<Struct>() > 0, "there is nothing to change");
  hold_options(configuration, declared_options<Struct>());
  return *configuration.options.template try_as<Struct>();
}

namespace detail {

template <class Struct>
std::string OptionsOf<Struct>::complaint(const Configuration& configuration) const {
  if constexpr (requires(const Struct& one) { one.complaint(configuration); }) {
    return options_of<Struct>(configuration).complaint(configuration);
  }
  return {};
}

template <class Struct>
void OptionsOf<Struct>::draw(Configuration& configuration, const OptionLuck& luck) const {
  if constexpr (requires(Struct& one) { one.draw(configuration, luck); }) {
    options_in<Struct>(configuration).draw(configuration, luck);
  } else {
    draw_any_options(configuration, luck.luck);
  }
}

template <class Struct>
void OptionsOf<Struct>::draw_uniform(Configuration& configuration, const Luck& luck) const {
  if constexpr (requires(Struct& one) { one.draw_uniform(configuration, luck); }) {
    options_in<Struct>(configuration).draw_uniform(configuration, luck);
  }
}

template <class Struct>
std::vector<Options> OptionsOf<Struct>::with_a_node_less(const Configuration& configuration) const {
  if constexpr (requires(const Struct& one) { one.with_a_node_less(configuration); }) {
    return erased(options_of<Struct>(configuration).with_a_node_less(configuration));
  }
  Configuration fewer = configuration;
  --fewer.node_count;
  reset_options_that_follow_nodes(fewer);
  return {fewer.options};
}

template <class Struct>
std::vector<Options> OptionsOf<Struct>::others(const Configuration& configuration) const {
  if constexpr (requires(const Struct& one) { one.others(configuration); }) {
    return erased(options_of<Struct>(configuration).others(configuration));
  }
  return {};
}

template <class Struct>
std::string OptionsOf<Struct>::sentence(const Configuration& configuration) const {
  if constexpr (requires(const Struct& one) { one.sentence(configuration); }) {
    return options_of<Struct>(configuration).sentence(configuration);
  }
  return {};
}

template <class Struct>
std::string OptionsOf<Struct>::cluster_text(const Configuration& configuration) const {
  if constexpr (requires(const Struct& one) { one.cluster_text(configuration); }) {
    return options_of<Struct>(configuration).cluster_text(configuration);
  } else {
    return text_of_unusual_options(configuration);
  }
}

}  // namespace detail

}  // namespace synod
