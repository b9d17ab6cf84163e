// Bugs to be found: what finds none of them shows nothing.
#include <synod/testbed.h>

#include "my_protocol.h"

namespace my {
namespace {

const synod::RegisteredMutant<Protocol> takes_the_last({
    .text = {.slug = "takes-the-last",
             .about = "n1 takes every value that it hears of",
             .source = "made up",
             .faults = "none",
             .property = "agreement",
             .cluster = "1 node, 2 clients"},
    .plant =
        [](Config& config) {
          config.take = [](std::uint32_t taken, std::uint32_t proposed) {
            return proposed == 0 ? taken : proposed;
          };
        },
});

}  // namespace
}  // namespace my
