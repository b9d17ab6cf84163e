// A list whose order means nothing: whoever hashes, writes or compares it looks at what is in it,
// and how often. (A std::vector is a sequence: its order means something.)
#pragma once

#include <algorithm>
#include <vector>

namespace synod {

template <class T>
class Unordered : private std::vector<T> {
  using Base = std::vector<T>;

 public:
  using HasNoOrder = void;
  using Base::Base;
  using Base::begin;
  using Base::clear;
  using Base::data;
  using Base::emplace_back;
  using Base::empty;
  using Base::end;
  using Base::push_back;
  using Base::rbegin;
  using Base::rend;
  using Base::resize;
  using Base::size;
  using typename Base::value_type;
  using Base::operator[];

  friend bool operator==(const Unordered& a, const Unordered& b) {
    return a.size() == b.size() && std::is_permutation(a.begin(), a.end(), b.begin());
  }
};

}  // namespace synod
