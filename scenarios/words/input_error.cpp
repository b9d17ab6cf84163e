#include "scenarios/words/input_error.h"

namespace synod {

#ifdef __cpp_exceptions
void refuse(const std::string& complaint) { throw InputError(complaint); }
#endif

}  // namespace synod
