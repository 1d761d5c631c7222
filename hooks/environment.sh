# The environment that lintel's node and git run in, sourced by the launcher before a hook.
# NODE_EXTRA_CA_CERTS makes node read certificates at start (60 ms); nothing here uses the network.
# NODE_OPTIONS could load foreign code into the judge (an editor's debugger, a tracer) and slow or bend it.
unset NODE_EXTRA_CA_CERTS NODE_OPTIONS
# Replaced objects and grafts must not change what is judged. A graft file that doesn't exist turns grafts
# off in silence; /dev/null prints a hint for each git process.
GIT_NO_REPLACE_OBJECTS=1
GIT_GRAFT_FILE=$lintel_common/lintel/no-grafts
# Nothing is written to the index, not even refreshed stat information; a prompt would hang.
GIT_OPTIONAL_LOCKS=0
GIT_TERMINAL_PROMPT=0
export GIT_NO_REPLACE_OBJECTS GIT_GRAFT_FILE GIT_OPTIONAL_LOCKS GIT_TERMINAL_PROMPT
# Where the gate finds its caches without asking git.
LINTEL_COMMON=$lintel_common
export LINTEL_COMMON
