# Lays out what a run needs of Drydock in a folder of its own, runs a program to its end, and removes
# the folder. It may hold secrets: only the user of the container can read it.
# Arguments: the folder, the program, its arguments. Variables: the texts of the files.
folder=$1; shift
umask_before=$(umask); umask 077
mkdir -p "$folder"
printf %s "$DRYDOCK_PRELOAD" >"$folder/preload.cjs"
[ -z "$DRYDOCK_PARAMETERS" ] || printf %s "$DRYDOCK_PARAMETERS" >"$folder/parameters.json"
unset DRYDOCK_PRELOAD DRYDOCK_PARAMETERS; umask "$umask_before"
# The program hears of an end by itself; this shell goes on to clean up.
trap : TERM INT
"$@"
code=$?
rm -rf "$folder"
exit $code
