# Runs a program to its end, then ends what it left behind. This shell carries the mark too and is
# spared; what looks carries none. Usually one look is all: it is a single process.
# Arguments: the script that ends a job, the job, the program, its arguments.
end=$1; job=$2; shift 2
command -v -- "$1" >/dev/null 2>&1 || { echo "drydock: $job: no such program" >&2; exit 127; }
"$@" </dev/null
code=$?
unset DRYDOCK_JOB
left=$(exec grep -lzsx -- "DRYDOCK_JOB=$job" /proc/[0-9]*/environ)
[ "$left" = "/proc/$$/environ" ] || /bin/sh -c "$end" drydock "$job" 2 "$$"
exit $code
