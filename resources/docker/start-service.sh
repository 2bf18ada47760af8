# Becomes the program itself, so that a stop reaches it. Its variables come in a file that only its
# user can read, and that is gone before it runs. Arguments: that file, the log, the program.
. "$1"; rm -f "$1"; log=$2; shift 2
exec "$@" >>"$log" 2>&1
