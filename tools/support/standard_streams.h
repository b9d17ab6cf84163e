// Standard input, output and error, in whatever state the program is given them: full, closed, or
// with nobody who reads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace synod {

/// The name of the file that is standard output, where a verb takes it for one: "-". A file that is
/// called so is "./-".
inline constexpr std::string_view standard_output_name = "-";

/// To be called before anything else. A stream that is closed stays so: no file that is opened
/// later takes its number, and with it what is meant for the stream. That a pipe has lost its
/// reader, or a file has come to the largest size that is allowed, is an error of what is written,
/// and ends nothing by a signal.
void prepare_standard_streams();

/// From now on standard output has what is written to the file of that name, and nothing else: what
/// is printed goes to standard error.
void leave_standard_output_to_its_file();
/// Where that file is written to; none before the other was called.
std::optional<int> file_of_standard_output();
/// "standard output cannot be written: …"
std::string complaint_about_output(std::string_view why);

/// Throws InputError when not all that was printed could be written.
void expect_all_printed();

/// What the system refused: to write standard output, where printing has thrown this, or something
/// else.
std::string complaint_about(const std::system_error& error);

/// A line on standard error, behind what was printed before, if there is anybody to be told it.
void complain(std::string_view line);

}  // namespace synod
