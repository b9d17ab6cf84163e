#include "tools/bench/bench_explore.h"

#include "tools/bench/bench.h"

namespace synod {
namespace {

const RegisteredBench registered(
    {"explore", [](const std::atomic<bool>& interrupt, const OnRound& on_round) -> Measured {
       const ExploreBenchReport report = measure_explore({}, interrupt, on_round);
       return {explore_bench_text(report), explore_bench_json(report)};
     }});

}  // namespace
}  // namespace synod
