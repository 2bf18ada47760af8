# Ends every process whose environment carries a job's mark: TERM, KILL after a while, again and
# again until none is left. Arguments: the job, seconds until KILL, a process that is spared.
job_pids() {
  for file in $(grep -lzsx -- "DRYDOCK_JOB=$1" /proc/[0-9]*/environ); do
    pid=${file#/proc/}; pid=${pid%/environ}
    [ "$pid" = "$2" ] || echo "$pid"
  done
}
signal=TERM; waited=0
while pids=$(job_pids "$1" "$3"); [ -n "$pids" ]; do
  [ "$waited" -lt "$(($2 * 20))" ] || signal=KILL
  if [ "$waited" = 0 ] || [ "$signal" = KILL ]; then kill -s "$signal" $pids 2>/dev/null; fi
  sleep 0.05; waited=$((waited + 1))
done
