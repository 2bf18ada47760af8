/** The environment variable that marks every process of one job, children included. */
export const JOB_VARIABLE = 'DRYDOCK_JOB';

/** What the script below says on stderr, and ends with 127, when there is no such program. */
export const missingProgram = (job: string): string => `drydock: ${job}: no such program`;

/**
 * Ends every process whose environment carries a job's mark: TERM, KILL after a while, again and
 * again until none is left. An exec can't be ended otherwise: the API has no way, a child may have
 * left its process group, and not every image has a `kill` program (the shell has one built in).
 * Arguments: the job, seconds until KILL, a process that is spared.
 */
const endScript = `
job_pids() {
  for file in $(grep -lzsx -- "${JOB_VARIABLE}=$1" /proc/[0-9]*/environ); do
    pid=\${file#/proc/}; pid=\${pid%/environ}
    [ "$pid" = "$2" ] || echo "$pid"
  done
}
signal=TERM; waited=0
while pids=$(job_pids "$1" "$3"); [ -n "$pids" ]; do
  [ "$waited" -lt "$(($2 * 20))" ] || signal=KILL
  if [ "$waited" = 0 ] || [ "$signal" = KILL ]; then kill -s "$signal" $pids 2>/dev/null; fi
  sleep 0.05; waited=$((waited + 1))
done
`;

/**
 * Runs a program to its end, then ends what it left behind. This shell carries the mark too and is
 * spared; what looks carries none. Usually one look is all: it is a single process. Arguments: the
 * script above, the job, the program, its arguments.
 */
const runScript = `
end=$1; job=$2; shift 2
command -v -- "$1" >/dev/null 2>&1 || { echo "drydock: $job: no such program" >&2; exit 127; }
"$@" </dev/null
code=$?
unset ${JOB_VARIABLE}
left=$(exec grep -lzsx -- "${JOB_VARIABLE}=$job" /proc/[0-9]*/environ)
[ "$left" = "/proc/$$/environ" ] || /bin/sh -c "$end" drydock "$job" 2 "$$"
exit $code
`;

export const runCommand = (job: string, program: string, args: readonly string[]): string[] => [
  ...['/bin/sh', '-c', runScript, 'drydock', endScript, job],
  ...[program, ...args],
];

/** Ends a job from outside of it. */
export const endCommand = (job: string, graceSeconds: number): string[] => [
  ...['/bin/sh', '-c', endScript, 'drydock'],
  ...[job, `${graceSeconds}`, '0'],
];
