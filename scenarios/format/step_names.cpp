#include "scenarios/format/step_names.h"

namespace synod::detail {

std::string wanted_text(const NodeId& /*node*/) { return "a node like \"n1\""; }
std::string wanted_text(const Ballot& /*ballot*/) { return "a ballot like \"1.n1\", or \"none\""; }
std::string wanted_text(const Vote& /*vote*/) { return "a vote like \"red@1.n1\", or \"none\""; }
std::string wanted_text(const Value& /*value*/) { return "a value like \"red\", or \"none\""; }
std::string wanted_text(const RequestId& /*request*/) { return "a request like \"c1#1\""; }

void expect_there(const Located& json, const NodeId& node, Cluster cluster) {
  static_cast<void>(read_node(json, to_text(node), cluster));
}
void expect_there(const Located& json, const Ballot& ballot, Cluster cluster) {
  if (!ballot.is_none()) {
    expect_there(json, ballot.node, cluster);
  }
}
void expect_there(const Located& json, const Vote& vote, Cluster cluster) {
  expect_there(json, vote.ballot, cluster);
}
void expect_there(const Located& json, const RequestId& request, Cluster cluster) {
  static_cast<void>(read_client(json, to_text(request.client), cluster));
}

bool is_request(const Located& step) {
  const std::string* kind = text_of(step.value(), "step");
  return kind != nullptr && *kind == AskStep<RequestOf<None>>::name;
}

void expect_ends(const Located& step, bool is_from_node, bool is_to_node, std::string_view type) {
  const auto expect_end = [&](std::string_view end, bool is_node, std::string_view does) {
    const Located json = *step.find(end);
    const std::string& name = *text_of(json.value());
    if (name.starts_with('n') != is_node) {
      json.fail(fmt::format("{}: {} \"{}\" {} a {}", in_quotes(name), type == "answer" ? "an" : "a",
                            type, does, is_node ? "node" : "client"));
    }
  };
  expect_end("from", is_from_node, "comes from");
  expect_end("to", is_to_node, "goes to");
}

}  // namespace synod::detail
