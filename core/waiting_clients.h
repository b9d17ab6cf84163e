// The requests that one decision will answer. A client has one open at a time, so a request
// replaces the one before it of the same client.
#pragma once

#include <cstddef>

#include "core/ids.h"
#include "core/inline_vector.h"
#include "core/one_decision.h"

namespace synod {

class WaitingClients {
 public:
  /// Returns false for a retry of what is under way.
  template <class Output>
  bool try_add(RequestId id, Output& out) {
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      if (ids_[i] == id) {
        return false;
      }
      if (ids_[i].client == id.client) {
        ids_.erase(i);  // its client has gone on to another
        break;
      }
    }
    out.expect(ids_.try_push(id), "a client has one request open at a time");
    return true;
  }
  /// In the order in which they came. Nobody waits afterwards.
  template <class Output>
  void answer_all(Outcome outcome, Value value, Output& out) {
    for (const RequestId id : ids_) {
      out.reply({id, {outcome, value}});
    }
    ids_.clear();
  }
  [[nodiscard]] bool is_empty() const { return ids_.is_empty(); }

  bool operator==(const WaitingClients&) const = default;
  static constexpr void fields(auto& self, auto&& visit) { visit("ids", self.ids_); }

 private:
  InlineVector<RequestId, client_count_max> ids_;
};

}  // namespace synod
