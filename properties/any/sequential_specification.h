// What an object does when its operations come one after another: the sequential specification that
// linearizability is judged by (Herlihy and Wing, "Linearizability: a correctness condition for
// concurrent objects", 1990, section 2.2). It knows no protocol: whoever has a register, or a store
// of keys and values, is judged by those that are here; whoever has something else writes one.
//
//   struct Counter {
//     using State = std::uint64_t;                  // a new object's is State{}
//     enum class Operation : std::uint8_t { add, read };
//     using Result = std::uint64_t;
//     static Result apply(State& state, const Operation& operation) {
//       return operation == Operation::add ? ++state : state;
//     }
//   };
#pragma once

#include <fmt/format.h>

#include <array>
#include <compare>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/content_text.h"

namespace synod {

/// A regular type with a total order, so that sets of them have one form.
template <class T>
concept OrderedValue = std::regular<T> && std::totally_ordered<T>;

/// `apply` takes one operation at one moment: it says what the operation returns, and makes the
/// state what it is afterwards. That must follow from the two alone. What a result leaves open,
/// such as anything but that a write is done, is left out of `Result`, so that it equals another.
template <class S>
concept SequentialSpecification =
    OrderedValue<typename S::State> && OrderedValue<typename S::Operation> &&
    OrderedValue<typename S::Result> &&
    requires(typename S::State& state, const typename S::Operation& operation) {
      { S::apply(state, operation) } -> std::same_as<typename S::Result>;
    };

// ---- What a specification may say besides -------------------------------------------------------

/// `key_of`: operations of different keys have nothing to do with each other, and `State` is that
/// of one key. A history is linearizable if that of each key is (locality: Herlihy and Wing, 3.3;
/// "P-compositionality": Horn and Kroening, 2015).
template <class S>
concept HasKeys = requires(const typename S::Operation& operation) { S::key_of(operation); };

/// The only key, where there are none.
struct OneKey {
  auto operator<=>(const OneKey&) const = default;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
};

template <SequentialSpecification S>
auto key_of(const typename S::Operation& operation) {
  if constexpr (HasKeys<S>) {
    return S::key_of(operation);
  } else {
    return OneKey{};
  }
}

template <SequentialSpecification S>
using KeyOf = decltype(synod::key_of<S>(std::declval<const typename S::Operation&>()));

/// `is_read_only`: the operation leaves every state as it is. Of one that is not known to have
/// happened nothing is kept then.
template <SequentialSpecification S>
bool is_read_only(const typename S::Operation& operation) {
  if constexpr (requires { S::is_read_only(operation); }) {
    return S::is_read_only(operation);
  } else {
    return false;
  }
}

/// `may_lead_to` and `may_reset`: from this state `operation` may some day return `result`, as long
/// as nothing happens before that resets the state; and `other` resets it so that it then may. A
/// search off line leaves out what leads nowhere: results that are still to come tell much of the
/// order of what came before. Both or none; when in doubt, true.
template <class S>
concept LooksAhead =
    requires(const typename S::State& state, const typename S::Operation& operation,
             const typename S::Result& result, const typename S::Operation& other) {
      { S::may_lead_to(state, operation, result) } -> std::same_as<bool>;
      { S::may_reset(other, operation, result) } -> std::same_as<bool>;
    };

/// `text`: what was asked, "write 3"; and what came of it, "3". Empty: nothing that is worth words.
template <SequentialSpecification S>
std::string text_of(const typename S::Operation& operation) {
  if constexpr (requires { S::text(operation); }) {
    return S::text(operation);
  } else {
    return content_text(operation);
  }
}
template <SequentialSpecification S>
std::string text_of(const typename S::Operation& operation, const typename S::Result& result) {
  if constexpr (requires { S::text(operation, result); }) {
    return S::text(operation, result);
  } else {
    return content_text(result);
  }
}
/// `text` of a state.
template <SequentialSpecification S>
std::string text_of_state(const typename S::State& state) {
  if constexpr (requires { S::text(state); }) {
    return S::text(state);
  } else {
    return content_text(state);
  }
}

// ---- Those that are here ------------------------------------------------------------------------

/// A value, or nil.
template <OrderedValue Value>
struct Nilable {
  bool is_nil = true;
  Value value{};  ///< Value{} where it is nil

  Nilable() = default;
  explicit Nilable(Value given) : is_nil(false), value(std::move(given)) {}
  auto operator<=>(const Nilable&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("is_nil", self.is_nil);
    visit("value", self.value);
  }
  [[nodiscard]] std::string text() const { return is_nil ? "nil" : fmt::format("{}", value); }
};

/// One atomic register: read, write, compare-and-set. Nil at first.
template <OrderedValue Value>
struct Register {
  using State = Nilable<Value>;

  enum class Kind : std::uint8_t { read, write, compare_and_set };
  static constexpr std::array<std::string_view, 3> kinds = {"read", "write", "compare_and_set"};
  friend constexpr std::span<const std::string_view> words_of(Kind /*kind*/) { return kinds; }
  struct Operation {
    Kind kind = Kind::read;
    Nilable<Value> value;     ///< what to write or set; nil for a read
    Nilable<Value> expected;  ///< by a compare-and-set; nil for the others
    auto operator<=>(const Operation&) const = default;
    static constexpr void fields(auto& self, auto&& visit) {
      visit("kind", self.kind);
      visit("value", self.value);
      visit("expected", self.expected);
    }
  };
  struct Result {
    Nilable<Value> value;  ///< that was read; nil for the others
    bool is_set = false;   ///< by a compare-and-set; false for the others
    auto operator<=>(const Result&) const = default;
    static constexpr void fields(auto& self, auto&& visit) {
      visit("value", self.value);
      visit("is_set", self.is_set);
    }
  };

  static Operation read() { return {}; }
  static Operation write(Value value) {
    return {Kind::write, Nilable<Value>(std::move(value)), {}};
  }
  static Operation compare_and_set(Nilable<Value> expected, Nilable<Value> value) {
    return {Kind::compare_and_set, std::move(value), std::move(expected)};
  }
  static Result value_read(Nilable<Value> value) { return {std::move(value), false}; }
  static Result written() { return {}; }
  static Result was_set(bool is_set) { return {{}, is_set}; }

  static Result apply(State& state, const Operation& operation) {
    switch (operation.kind) {
      case Kind::read:
        return value_read(state);
      case Kind::write:
        state = operation.value;
        return written();
      case Kind::compare_and_set:
        break;
    }
    const bool is_expected = state == operation.expected;
    if (is_expected) {
      state = operation.value;
    }
    return was_set(is_expected);
  }
  static bool is_read_only(const Operation& operation) {
    return operation.kind == Kind::read ||
           (operation.kind == Kind::compare_and_set && operation.value == operation.expected);
  }

  static std::string text(const Operation& operation) {
    switch (operation.kind) {
      case Kind::read:
        return "read";
      case Kind::write:
        return fmt::format("write {}", operation.value.text());
      case Kind::compare_and_set:
        break;
    }
    return fmt::format("set {} to {}", operation.expected.text(), operation.value.text());
  }
  static std::string text(const Operation& operation, const Result& result) {
    switch (operation.kind) {
      case Kind::read:
        return result.value.text();
      case Kind::write:
        return "";
      case Kind::compare_and_set:
        break;
    }
    return result.is_set ? "set" : "not set";
  }
  static std::string text(const State& state) { return state.text(); }
};

/// A store of texts by key: get, put, append. A key holds the empty text at first.
struct KeyValueStore {
  using State = std::string;

  enum class Kind : std::uint8_t { get, put, append };
  static constexpr std::array<std::string_view, 3> kinds = {"get", "put", "append"};
  friend constexpr std::span<const std::string_view> words_of(Kind /*kind*/) { return kinds; }
  struct Operation {
    Kind kind = Kind::get;
    std::string key;
    std::string value;  ///< to put or append; empty for a get
    auto operator<=>(const Operation&) const = default;
    static constexpr void fields(auto& self, auto&& visit) {
      visit("kind", self.kind);
      visit("key", self.key);
      visit("value", self.value);
    }
  };
  /// What a get found; empty for the others.
  using Result = std::string;

  static Result apply(State& state, const Operation& operation) {
    switch (operation.kind) {
      case Kind::get:
        return state;
      case Kind::put:
        state = operation.value;
        break;
      case Kind::append:
        state += operation.value;
        break;
    }
    return {};
  }
  static std::string key_of(const Operation& operation) { return operation.key; }
  static bool is_read_only(const Operation& operation) {
    return operation.kind == Kind::get ||
           (operation.kind == Kind::append && operation.value.empty());
  }

  /// A text only grows, unless something is put.
  static bool may_lead_to(const State& state, const Operation& operation, const Result& result) {
    return operation.kind != Kind::get || result.starts_with(state);
  }
  static bool may_reset(const Operation& other, const Operation& operation, const Result& result) {
    return operation.kind == Kind::get && other.kind == Kind::put &&
           result.starts_with(other.value);
  }

  static std::string text(const Operation& operation) {
    switch (operation.kind) {
      case Kind::get:
        return "get";
      case Kind::put:
        return fmt::format("put \"{}\"", operation.value);
      case Kind::append:
        break;
    }
    return fmt::format("append \"{}\"", operation.value);
  }
  static std::string text(const Operation& operation, const Result& result) {
    return operation.kind == Kind::get ? fmt::format("\"{}\"", result) : std::string();
  }
  static std::string text(const State& state) { return fmt::format("\"{}\"", state); }
};

static_assert(SequentialSpecification<Register<std::uint64_t>>);
static_assert(SequentialSpecification<KeyValueStore>);

}  // namespace synod
