#compdef synod
# Completion of synod in zsh, and of any other program with its verbs:
#
#   source synod.zsh && compdef _synod my_testbed
#
# What can be typed, the program itself says: see tools/completion/completion.h.

_synod() {
  local program="${(Q)words[1]/#\~\//$HOME/}" line kind status_of_words=1
  local -a lines described
  lines=("${(@f)$("$program" complete "${(@Q)words[2,CURRENT-1]}" "$PREFIX" </dev/null 2>/dev/null)}")
  kind="${lines[1]}"
  shift lines
  # A colon separates a word from what it is about.
  for line in "${lines[@]}"; do
    local word="${line%%$'\t'*}" about="${line#*$'\t'}"
    described+=("${word//:/\\:}${about:+:$about}")
  done
  # For --option=VALUE, only values are answered.
  if [[ $PREFIX == -*=* ]]; then compset -P 1 '*='; fi
  if ((${#described})); then
    _describe -t words 'word' described && status_of_words=0
  fi
  case $kind in
    files) _files && status_of_words=0 ;;
    folders) _files -/ && status_of_words=0 ;;
  esac
  return $status_of_words
}

# Either zsh has loaded this file to complete a word, or somebody has sourced it.
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _synod "$@"
else
  compdef _synod synod
fi
