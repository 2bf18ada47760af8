# Completion of drydock's command line in bash (3.2 and later). It asks `drydock complete`, and
# evaluates nothing of what is typed or printed: names of projects and files can hold anything.

_drydock() {
  # The words up to the cursor, with those together again that bash takes apart at : and =.
  local rest=${COMP_LINE:0:COMP_POINT} before word i
  local -a words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    before=$rest
    rest=${rest#"${rest%%[![:space:]]*}"}
    word=${COMP_WORDS[i]}
    ((i == COMP_CWORD)) && word=$rest
    if ((i > 0)) && [[ $rest == "$before" && -n $rest ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
    rest=${rest#"$word"}
  done

  local typed=${words[${#words[@]} - 1]} quote=''
  [[ $typed == [\"\']* ]] && quote=${typed:0:1}
  for i in "${!words[@]}"; do
    words[i]=${words[i]//\\/}
    words[i]=${words[i]//[\"\']/}
  done
  local current=${words[${#words[@]} - 1]}

  # Only what follows the last : or = is replaced.
  local kept=''
  [[ -z $quote && $current == *[:=]* ]] && kept=${current%"${current##*[:=]}"}

  COMPREPLY=()
  local kind='' value
  while IFS= read -r value; do
    if [[ -z $kind ]]; then
      kind=$value
      continue
    fi
    value=${value%%$'\t'*}
    value=${value#"$kept"}
    [[ -z $quote ]] && printf -v value '%q' "$value"
    COMPREPLY+=("$value")
  done < <(command drydock complete -- "${words[@]:1}" 2>/dev/null)

  # Without an answer of its own, bash goes on with paths. 3.2 has no way to keep it from that, and
  # others take the status of a command that isn't there for there being no completion.
  [[ $kind == paths ]] || compopt +o default 2>/dev/null || return 0
}

complete -o default -F _drydock drydock
