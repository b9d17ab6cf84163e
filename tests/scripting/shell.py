"""A bash or a zsh that a person sits at, in a terminal.

Every key is pressed by a program. Ctrl-T has the shell write down its line as it has become, so that
nothing is read off a screen but what is offered.
"""

import os
import pty
import re
import select
import signal
import time

SECONDS_MAX = 60  # for an answer, where the machine is very busy
TAB, SHOW, ABANDON = "\t", "\x14", "\x15"

BASH = """
PS1='ready> '
bind 'set show-all-if-ambiguous on'
bind 'set bell-style none'
bind 'set enable-bracketed-paste off'
bind 'set page-completions off'
bind 'set completion-query-items 0'
show() { printf '\\n<<%s>>\\n' "$READLINE_LINE"; }
bind -x '"\\C-t": show'
"""
ZSH = """
PS1='ready> '
unsetopt beep prompt_cr prompt_sp zle_bracketed_paste
zle_highlight=(none)
LISTMAX=1000
bindkey -e
show() { print -r -- $'\\n'"<<$BUFFER>>"; zle -I }
zle -N show
bindkey '^T' show
"""


class Shell:
    """In a folder that is its home, too. `lines` are what it reads first."""

    def __init__(self, name, folder, environment, lines):
        if name == "bash":
            (folder / ".bashrc").write_text(BASH + lines)
            command = ["bash", "--noprofile", "--rcfile", str(folder / ".bashrc"), "-i"]
        else:
            (folder / ".zshrc").write_text(ZSH + lines)
            command = ["zsh", "--no-globalrcs", "-i"]
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, {**environment, "TERM": "dumb", "HOME": str(folder),
                                             "COLUMNS": "200", "LINES": "500", "LC_ALL": "C.UTF-8"})
        self.written = ""
        self.read_until("ready> ")

    def close(self):
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.terminal)

    def read_until(self, pattern):
        """What it wrote up to there."""
        end = time.monotonic() + SECONDS_MAX
        while not (found := re.search(pattern, self.written)):
            if time.monotonic() > end or not select.select([self.terminal], [], [], SECONDS_MAX)[0]:
                raise AssertionError(f"no {pattern!r} in {self.written!r}")
            self.written += os.read(self.terminal, 65536).decode(errors="replace")
        text, self.written = self.written[:found.end()], self.written[found.end():]
        return text

    def type(self, keys):
        os.write(self.terminal, keys.encode())

    def pressed_tab(self, line):
        """The line that it becomes, and what was written meanwhile."""
        self.type(line + TAB + SHOW)
        text = self.read_until(r"<<[^>]*>>")
        self.read_until("ready> ")  # before that, keys may still be the terminal's, not the shell's
        self.type(ABANDON)
        return re.search(r"<<([^>]*)>>$", text).group(1), text
