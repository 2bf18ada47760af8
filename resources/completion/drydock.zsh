#compdef drydock
# Completion of drydock's command line in zsh. It asks `drydock complete`, and evaluates nothing of
# what is typed or printed: names of projects and files can hold anything.

_drydock() {
  local kind line
  local -a answer described
  answer=("${(@f)$(command drydock complete -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
  kind=$answer[1]
  shift answer
  if [[ $kind == paths ]]; then
    _files
    return
  fi
  for line in $answer; do
    # _describe reads value:description.
    described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done
  _describe -t values 'drydock' described
}

# Loaded by compinit, or sourced.
if [[ $funcstack[1] == _drydock ]]; then
  _drydock "$@"
else
  compdef _drydock drydock
fi
