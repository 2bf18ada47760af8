# Completion of drydock's command line in fish. It asks `drydock complete`, and evaluates nothing of
# what is typed or printed: names of projects and files can hold anything.

function __drydock_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l answer (command drydock complete -- $words[2..-1] "$current" 2>/dev/null)
    if test "$answer[1]" = paths
        __fish_complete_path "$current"
    else
        printf '%s\n' $answer[2..-1]
    end
end

complete -c drydock -f -a '(__drydock_complete)'
