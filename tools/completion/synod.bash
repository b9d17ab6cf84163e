# Completion of synod in bash, and of any other program with its verbs:
#
#   source synod.bash && complete -F _synod my_testbed
#
# What can be typed, the program itself says: see tools/completion/completion.h.

_synod() {
  COMPREPLY=()
  # Bash takes a word apart at COMP_WORDBREAKS: --out=a is three here, and one for the program. What
  # stands behind the cursor does not count.
  local -a words=()
  local i piece spaces rest="${COMP_LINE:0:COMP_POINT}"
  for ((i = 0; i <= COMP_CWORD; i++)); do
    spaces="${rest%%[![:space:]]*}"
    rest="${rest:${#spaces}}"
    piece="${COMP_WORDS[i]}"
    if ((i == COMP_CWORD)); then piece="$rest"; fi
    rest="${rest#"$piece"}"
    if ((i > 0)) && [[ -z $spaces ]]; then
      words[-1]+="$piece"
    else
      words+=("$piece")
    fi
  done
  # An answer takes the place of the last piece; of nothing where that is what separates pieces.
  if [[ $piece == [=:]* ]]; then piece=''; fi
  local word="${words[-1]}"
  local before="${word%"$piece"}"

  local program="${1/#\~\//$HOME/}" kind answer
  {
    read -r kind
    while IFS=$'\t' read -r answer _; do
      # For --option=VALUE, only values are answered.
      if [[ $word == -*=* ]]; then answer="${word%%=*}=$answer"; fi
      if [[ $answer == "$word"* ]]; then COMPREPLY+=("${answer#"$before"}"); fi
    done
  } < <("$program" complete "${words[@]:1}" </dev/null 2>/dev/null)

  # Where none of these fits, readline looks for files or folders, as it does for other commands.
  case $kind in
    files) compopt -o default ;;
    folders) compopt -o dirnames ;;
  esac
} &&
  complete -F _synod synod
