"""How long compiling takes, whatever the machine: in processor time, and in that of a small source with
the libraries that all of ours use."""

import pathlib
import resource

BASELINE = """#include <fmt/format.h>
#include <nlohmann/json.hpp>
std::string f(const std::string& text) { return fmt::format("{}", nlohmann::json::parse(text).dump()); }
"""


def cpu_seconds(work):
    """Of the processes that `work` starts and waits for."""
    def spent():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime
    before = spent()
    work()
    return spent() - before


def baseline_seconds(compile_source, folder):
    """`compile_source(source, output)` compiles; `folder` is for what that needs."""
    source = pathlib.Path(folder) / "baseline.cpp"
    source.write_text(BASELINE, encoding="utf-8")
    return cpu_seconds(lambda: compile_source(str(source), str(source.with_suffix(".o"))))
