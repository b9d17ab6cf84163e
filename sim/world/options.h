// Options of a protocol's own: what can be chosen about its runs besides what a Configuration says
// of those of every protocol. A protocol declares them once, as a struct with default values:
//
//   struct Options {
//     std::uint32_t read_quorum = 2;
//     Ratio reads{1, 2};
//
//     static constexpr void fields(auto& self, auto&& visit) {
//       visit(OptionText{.name = "read_quorum",
//                        .about = "Nodes that a read asks",
//                        .min = 1,
//                        .max = 9},
//             self.read_quorum);
//       visit(OptionText{.name = "reads", .about = "Of operations, reads",
//                        .part = OptionPart::workload},
//             self.reads);
//     }
//   };
//
// From there they are fields of scenarios and traces and options of the command line, complaints
// name them, and seeds draw what a scenario does not fix. A configuration holds their values: as
// the struct for the protocol (sim/world/declared_options.h), one by one for everybody else.
//
// An option is a std::uint32_t, a Duration, a DurationRange, a Ratio or a NodeSet. What else the
// struct may have (each has a default):
//
//   static constexpr Options for_nodes(node_count)     the defaults, of which some may depend on
//                                                      how many nodes there are, as majorities do
//   std::string complaint(configuration) const         beyond ranges: one line that begins with the
//                                                      option and says what would be right; empty
//   void draw(configuration, luck)                     for a run of the swarm, from the defaults;
//                                                      else each is at times its default, and at
//                                                      times anything that nobody complains about
//   void draw_uniform(configuration, luck)             the same for a run of the uniform baseline;
//                                                      else the defaults
//   std::vector<Options> with_a_node_less(configuration) const
//                                                      for a cluster that shrinks, best first; else
//                                                      what depends on the number of nodes follows
//   std::vector<Options> others(configuration) const   for the same cluster, that the shrinker may
//                                                      try; else none
//   std::string sentence(configuration) const          for stories, where something is unusual;
//                                                      empty where nothing is, and by default
//   std::string cluster_text(configuration) const      what comes after "3 nodes" where something
//                                                      is unusual: " with quorums of 1 and 3"
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/duration.h"
#include "core/ids.h"
#include "sim/luck.h"
#include "sim/time.h"

namespace synod {

struct Configuration;

/// What an option belongs to.
enum class OptionPart : std::uint8_t {
  cluster,   ///< to who takes part: it stays what it is when all else is made harmless
  workload,  ///< to what the clients do: its default is harmless
};

enum class OptionKind : std::uint8_t { number, duration, duration_range, ratio, nodes };

struct OptionText {
  std::string_view name;   ///< of the field; a literal, as the next
  std::string_view about;  ///< one sentence without its full stop
  std::uint64_t min = 0;   ///< of a number, and of durations in ticks
  std::uint64_t max = duration_max.ticks;
  OptionPart part = OptionPart::cluster;
  // Found out, and not to be given.
  OptionKind kind = OptionKind::number;
  bool follows_nodes = false;  ///< its default depends on the number of nodes
};

/// Luck for the options of one run.
struct OptionLuck {
  const Luck& luck;
  // For protocols whose options were once drawn with these, so that seeds mean what they meant.
  Draws cluster;  ///< goes on where the size of the cluster has been drawn
  Draws clients;  ///< … what the clients do
};

using OptionRef = std::variant<std::uint32_t*, Duration*, DurationRange*, Ratio*, NodeSet*>;

class Options;

/// What a protocol has declared, with its types erased. One object for each struct.
class DeclaredOptions {
 public:
  [[nodiscard]] constexpr std::span<const OptionText> texts() const { return texts_; }
  /// Null where there is none of this name.
  [[nodiscard]] const OptionText* find(std::string_view name) const;

  [[nodiscard]] virtual Options for_nodes(std::uint32_t node_count) const = 0;
  [[nodiscard]] virtual std::string complaint(const Configuration& configuration) const = 0;
  virtual void draw(Configuration& configuration, const OptionLuck& luck) const = 0;
  virtual void draw_uniform(Configuration& configuration, const Luck& luck) const = 0;
  [[nodiscard]] virtual std::vector<Options> with_a_node_less(
      const Configuration& configuration) const = 0;
  [[nodiscard]] virtual std::vector<Options> others(const Configuration& configuration) const = 0;
  [[nodiscard]] virtual std::string sentence(const Configuration& configuration) const = 0;
  [[nodiscard]] virtual std::string cluster_text(const Configuration& configuration) const = 0;

  DeclaredOptions(const DeclaredOptions&) = delete;
  DeclaredOptions& operator=(const DeclaredOptions&) = delete;

 protected:
  friend class Options;
  constexpr explicit DeclaredOptions(std::span<const OptionText> texts) : texts_(texts) {}
  constexpr ~DeclaredOptions() = default;
  /// Of the struct at `values`, in the order of the texts.
  virtual void refer(void* values, OptionRef* refs) const = 0;

 private:
  std::span<const OptionText> texts_;
};

inline constexpr std::size_t option_count_max = 16;

/// The values of one protocol's options; or none, of a protocol without, or of nobody.
class Options {
 public:
  Options() = default;
  template <class Struct>
  static Options of(const Struct& values);

  /// Null where there are none.
  [[nodiscard]] const DeclaredOptions* declared() const { return declared_; }
  [[nodiscard]] std::span<const OptionText> texts() const {
    return declared_ == nullptr ? std::span<const OptionText>() : declared_->texts();
  }
  /// Null where these are not those of this struct.
  template <class Struct>
  [[nodiscard]] const Struct* try_as() const;
  template <class Struct>
  [[nodiscard]] Struct* try_as() {
    return const_cast<Struct*>(std::as_const(*this).try_as<Struct>());
  }

  /// The options of another struct, or of none: those that are called the same keep their values.
  [[nodiscard]] Options as(const DeclaredOptions* declared, std::uint32_t node_count) const;

  /// Of one option; null where there is none of this name, or it is of another type.
  template <class T>
  [[nodiscard]] const T* find(std::string_view name) const;
  /// Calls visit(text, field) for each, in the order in which they were declared.
  static void for_each(auto& self, auto&& visit);
  /// Calls visit(name, field) for those of a part.
  static void fields(auto& self, OptionPart part, auto&& visit) {
    for_each(self, [&](const OptionText& text, auto& field) {
      if (text.part == part) {
        visit(text.name, field);
      }
    });
  }

  bool operator==(const Options& other) const;

 private:
  using Refs = std::array<OptionRef, option_count_max>;

  [[nodiscard]] Refs refs() const {
    Refs refs{};
    if (declared_ != nullptr) {
      // Who is const gives out references to const.
      declared_->refer(const_cast<std::byte*>(values_.data()), refs.data());
    }
    return refs;
  }

  const DeclaredOptions* declared_ = nullptr;
  /// The struct itself.
  alignas(std::uint64_t) std::array<std::byte, 128> values_{};
};

template <class T>
const T* Options::find(std::string_view name) const {
  const Refs all = refs();
  for (std::size_t i = 0; i < texts().size(); ++i) {
    if (texts()[i].name == name) {
      const auto* const field = std::get_if<T*>(&all[i]);
      return field == nullptr ? nullptr : *field;
    }
  }
  return nullptr;
}

void Options::for_each(auto& self, auto&& visit) {
  constexpr bool is_const = std::is_const_v<std::remove_reference_t<decltype(self)>>;
  const Refs all = self.refs();
  for (std::size_t i = 0; i < self.texts().size(); ++i) {
    std::visit(
        [&]<class T>(T* field) {
          std::conditional_t<is_const, const T, T>& value = *field;
          visit(self.texts()[i], value);
        },
        all[i]);
  }
}

/// The configuration with the options of a protocol, or with none; see Options::as.
void hold_options(Configuration& configuration, const DeclaredOptions* declared);
/// Those that depend on the number of nodes get their defaults.
void reset_options_that_follow_nodes(Configuration& configuration);
/// Have all that depend on the number of nodes their defaults?
bool has_usual_options(const Configuration& configuration);
/// What ranges and the protocol complain about: one line that begins with the option; or empty.
std::string complaint_about_options(const Configuration& configuration);

std::string options_sentence(const Configuration& configuration);
std::string options_cluster_text(const Configuration& configuration);
/// The same cluster without one of its nodes: with other options as the protocol has them then.
std::vector<Configuration> with_a_node_less(const Configuration& configuration);
/// The same cluster with other options that the protocol says to try.
std::vector<Configuration> with_other_options(const Configuration& configuration);
/// Those that are sets of nodes, with other names, or without some that are gone.
void map_node_options(Configuration& configuration, const std::function<NodeSet(NodeSet)>& to);

// For protocols that do not say it themselves.
void draw_any_options(Configuration& configuration, const Luck& luck);
/// " with acceptor_count 3"; empty where every option of the cluster has its default.
std::string text_of_unusual_options(const Configuration& configuration);

}  // namespace synod
