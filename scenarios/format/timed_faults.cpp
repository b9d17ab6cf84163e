#include "scenarios/format/timed_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <concepts>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "scenarios/format/complaint.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/format/step_json.h"
#include "scenarios/words/nearest.h"
#include "sim/clock.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view wanted_entry =
    R"(a fault like {"at": 300, "fault": "crash", "node": "n2"})";

/// Does it have an end that another kind is?
template <class T>
concept Ends = requires(const T& action) { action.undone(); };

/// No later than faults may go on anyway.
Time read_moment(const Located& entry, std::string_view name) {
  const Time time = read_time(entry, name);
  if (time > Time{} + duration_max) {
    entry.find(name)->fail_unless_wanted(
        fmt::format("a whole number of ticks from 0 to {}", duration_max.ticks));
  }
  return time;
}

/// Reads the fields of one entry.
class FieldReader {
 public:
  FieldReader(const Located& entry, Cluster cluster) : entry_(entry), cluster_(cluster) {}

  void operator()(std::string_view name, NodeId& node) const {
    const std::string wanted = fmt::format("a node, n1 to n{}", cluster_.node_count);
    node = read_node(must_find(name, wanted), must_find(name, wanted).text(wanted), cluster_);
  }
  void operator()(std::string_view name, EndpointSet& endpoints) const {
    endpoints = read_endpoints(must_find(name, "a list of nodes and clients like [\"n1\", \"n2\"]"),
                               cluster_);
  }
  void operator()(std::string_view name, DurationRange& range) const {
    const Located field = must_find(name, "a range of ticks like \"50..90\"");
    range = read_range(field);
    if (range.min > range.max) {
      field.fail(fmt::format("{}: give the smaller one first", described(field.value())));
    }
    if (range.max > duration_max) {
      field.fail_unless_wanted(fmt::format("at most {} ticks", duration_max.ticks));
    }
  }
  void operator()(std::string_view name, Time& time) const {
    if (entry_.find(name)) {
      time = read_moment(entry_, name);
    }
  }
  template <std::integral T>
  void operator()(std::string_view name, T& number) const {
    const auto field = entry_.find(name);
    if (!field) {
      return;
    }
    std::int64_t min = std::numeric_limits<T>::min();
    std::int64_t max = std::numeric_limits<T>::max();
    if (name == "rate") {
      min = Clock::rate_min;
      max = Clock::rate_max;
    } else if (std::signed_integral<T>) {  // a jump of a clock
      max = faults::Skew::jump_max;
      min = -max;
    }
    std::int64_t read = 0;
    if (!try_read_number(field->value(), min, max, read)) {
      field->fail_unless_wanted(fmt::format(
          "a whole number from {} to {}{}", min, max,
          name == "rate" ? fmt::format(", where {} is true", Clock::rate_one) : std::string()));
    }
    number = static_cast<T>(read);
  }

 private:
  [[nodiscard]] Located must_find(std::string_view name, std::string_view wanted) const {
    const auto field = entry_.find(name);
    if (!field) {
      entry_.fail_missing(name, wanted);
    }
    return *field;
  }

  const Located& entry_;
  Cluster cluster_;
};

/// Appends what an entry names.
class EntryReader {
 public:
  EntryReader(const Located& entry, Cluster cluster, Time at, std::size_t index,
              std::vector<ReadFault>& faults)
      : entry_(entry), cluster_(cluster), at_(at), index_(index), faults_(faults) {}

  template <class T>
  void read() const {
    std::vector<std::string_view> names = {"at", "fault"};
    T action;
    T::fields(action, [&](std::string_view name, const auto&) { names.push_back(name); });
    if constexpr (Ends<T>) {
      names.emplace_back("until");
    }
    if constexpr (std::is_base_of_v<LinkStep, T>) {
      names.emplace_back("between");
      names.emplace_back("and");
      entry_.expect_members(names);
      read_links(action);
    } else {
      entry_.expect_members(names);
      T::fields(action, FieldReader(entry_, cluster_));
      if constexpr (requires { action.until; }) {
        expect_after(action.until);
      }
      add(action);
    }
  }

 private:
  /// One way, `from` and `to`, or both ways, `between` and `and`.
  template <class T>
  void read_links(T& links) const {
    const FieldReader read(entry_, cluster_);
    const bool is_one_way = entry_.find("from") || entry_.find("to");
    const bool is_two_way = entry_.find("between") || entry_.find("and");
    if (is_one_way == is_two_way) {
      entry_.fail(fmt::format(
          R"({}: give "from" and "to" for one way, or "between" and "and" for both ways)",
          is_one_way ? "its links are named in two ways" : "it names no links"));
    }
    read(is_one_way ? "from" : "between", links.from);
    read(is_one_way ? "to" : "and", links.to);
    if (links.count() == 0) {
      entry_.fail("no link: a node always reaches itself: give two");
    }
    add(links);
    if (is_two_way) {
      std::swap(links.from, links.to);
      if (links.from != links.to) {
        add(links);
      }
    }
  }

  template <class T>
  void add(const T& action) const {
    faults_.push_back({{at_, action}, index_, false});
    if constexpr (Ends<T>) {
      if constexpr (requires { action.after_effects; }) {
        if (const auto until = entry_.find("until"); until && action.after_effects > 0) {
          until->fail("nobody can say when it crashes: leave it out, and give a restart");
        }
      }
      Time until;
      FieldReader(entry_, cluster_)("until", until);
      expect_after(until);
      if (until != Time{}) {
        faults_.push_back({{until, action.undone()}, index_, true});
      }
    }
  }
  void expect_after(Time until) const {
    if (const auto field = entry_.find("until"); field && until <= at_) {
      field->fail(
          fmt::format("{} is not after {}, when it begins: give more", until.ticks, at_.ticks));
    }
  }

  const Located& entry_;
  Cluster cluster_;
  Time at_;
  std::size_t index_;
  std::vector<ReadFault>& faults_;
};

std::vector<std::string_view> names_of_kinds() {
  std::vector<std::string_view> names;
  for_each_timed([&]<class T>(const NamedText& /*text*/) { names.push_back(T::name); });
  return names;
}

void read_entry(const Located& entry, Cluster cluster, Time at, std::size_t index,
                std::vector<ReadFault>& faults) {
  const auto kind = entry.find("fault");
  if (!kind) {
    entry.fail_missing("fault", "what happens, like \"crash\"");
  }
  const std::string& name = kind->text("what happens, like \"crash\"");
  const EntryReader reader(entry, cluster, at, index, faults);
  bool is_known = false;
  for_each_timed([&]<class T>(const NamedText& /*text*/) {
    if (name == T::name) {
      is_known = true;
      reader.read<T>();
    }
  });
  if (!is_known) {
    kind->fail(fmt::format("no fault {} has a time: {}", in_quotes(name),
                           right_name(name, names_of_kinds())));
  }
}

void write_member(const Time& time, std::string_view name, ordered_json& fields) {
  if (time != Time{}) {
    fields[std::string(name)] = time.ticks;
  }
}
void write_member(const DurationRange& range, std::string_view name, ordered_json& fields) {
  fields[std::string(name)] = fmt::format("{}..{}", range.min.ticks, range.max.ticks);
}
template <class T>
void write_member(const T& field, std::string_view name, ordered_json& fields) {
  if constexpr (std::integral<T>) {
    if (field == 0) {
      return;
    }
  }
  write_field(field, member_for(fields, name));
}

}  // namespace

std::vector<ReadFault> read_fault_entries(const Located& list, Cluster cluster) {
  list.expect_list(fmt::format("a list of faults, each {}", wanted_entry));
  std::vector<ReadFault> faults;
  Time before;
  for (std::size_t i = 0; i < list.value().size(); ++i) {
    const Located entry = list[i];
    entry.expect_object(wanted_entry);
    const Time at = read_moment(entry, "at");
    if (at < before) {
      entry.find("at")->fail(fmt::format(
          "{} is before {} of the fault above: time does not go back", at.ticks, before.ticks));
    }
    before = at;
    read_entry(entry, cluster, at, i, faults);
  }
  std::ranges::stable_sort(
      faults, {}, [](const ReadFault& read) { return std::pair(read.fault.at, !read.is_end); });
  return faults;
}

std::vector<TimedFault> read_faults(const Located& list, Cluster cluster) {
  std::vector<TimedFault> faults;
  for (ReadFault& read : read_fault_entries(list, cluster)) {
    faults.push_back(std::move(read.fault));
  }
  return faults;
}

std::string_view name_of(const TimedFault& fault) {
  return std::visit([]<class T>(const T& /*action*/) { return T::name; }, fault.action);
}

ordered_json fields_of(const TimedFault& fault) {
  auto fields = ordered_json::object();
  std::visit(
      [&]<class T>(const T& action) {
        T::fields(action, [&](std::string_view name, const auto& field) {
          write_member(field, name, fields);
        });
      },
      fault.action);
  return fields;
}

ordered_json to_json(const std::vector<TimedFault>& faults) {
  auto list = ordered_json::array();
  for (const TimedFault& fault : faults) {
    auto entry = ordered_json::object();
    entry["at"] = fault.at.ticks;
    entry["fault"] = name_of(fault);
    entry.update(fields_of(fault));
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace synod
