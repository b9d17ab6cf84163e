// The register under test: what its clients ask, what it must keep, and bugs to be found.
#include <synod/testbed.h>

#include "abd.h"

namespace {

/// One kind of operation after the other.
struct Clients {
  static void each(std::uint32_t number, auto&& visit) {
    visit(abd::Operation{abd::Kind::write, number});
    visit(abd::Operation{abd::Kind::read, 0});
  }
  static std::uint32_t number_in(const abd::Operation& operation) { return operation.value; }
  static void set_number(abd::Operation& operation, std::uint32_t number) {
    operation.value = operation.is_write() ? number : 0;
  }
};

/// Clients see one register that starts as 0.
struct OneRegister {
  using State = std::uint32_t;
  using Operation = abd::Operation;
  using Result = abd::Result;
  static Result apply(State& state, const Operation& operation) {
    state = operation.is_write() ? operation.value : state;
    return {state};
  }
  static bool is_read_only(const Operation& operation) { return !operation.is_write(); }
  static std::string text(const Operation& operation) {
    return operation.is_write() ? fmt::format("write {}", operation.value) : "read";
  }
  static std::string text(const Operation& /*operation*/, const Result& result) {
    return fmt::format("{}", result.value);
  }
};

/// No two writes have the same tag.
struct TagsAreUnique {
  static constexpr synod::PropertyText text{"tags_are_unique", "a tag has one value",
                                            "Lynch and Shvartsman, 1997"};
  std::map<abd::Tag, std::uint32_t> values;
  void on(const synod::Sent<abd::Protocol>& sent, synod::Findings& findings) {
    const auto* message = std::get_if<abd::Message>(&sent.packet.payload);
    const auto* store = message == nullptr ? nullptr : std::get_if<abd::Store>(message);
    if (store != nullptr) {
      const auto& [tag, value] = store->version;
      const auto known = values.try_emplace(tag, value).first;
      findings.expect(known->second == value, text, [&] {
        return fmt::format("{} stands for {} and for {}", synod::content_text(tag), known->second,
                           value);
      });
    }
  }
  static constexpr void fields(auto& self, auto&& visit) { visit("values", self.values); }
};

struct Options {
  std::uint32_t patience = 4;
  static constexpr void fields(auto& self, auto&& visit) {
    visit(synod::OptionText{.name = "patience",
                            .about = "After so many longest delays a node asks again",
                            .min = 1,
                            .max = 20},
          self.patience);
  }
};

struct Testing
    : synod::TestbedOf<abd::Protocol, Clients, synod::Linearizable<OneRegister>, TagsAreUnique> {
  static constexpr std::string_view about = "an atomic register; Attiya, Bar-Noy and Dolev";
  static constexpr synod::AmidCuts amid_cuts = synod::reaching_most_decide;
  using Options = ::Options;

  static abd::Config make_config(const synod::Configuration& configuration) {
    const auto patience = synod::options_of<Options>(configuration).patience;
    return {.node_count = configuration.node_count, .retry = configuration.delay.max * patience};
  }
  /// A write that is done twice, by two nodes, could come back after another.
  static void fit(synod::Configuration& configuration, const synod::Luck& /*luck*/) {
    configuration.attempts_max = 1;
  }
};
const synod::RegisteredProtocol<Testing> registered;

const synod::RegisteredMutant<abd::Protocol> no_write_back({
    .text = {.slug = "no-write-back",
             .about = "a read answers without storing what it has found",
             .source = "the optimisation that everybody thinks of first",
             .faults = "none",
             .property = "linearizable",
             .cluster = "3 nodes, 3 clients"},
    .plant = [](abd::Config& config) { config.read_stores_back = false; },
});

}  // namespace
