#!/bin/sh
# lintel:worktree-hook 1
# Runs a linked worktree's own `.husky/NAME` the way husky's runner does: husky's core.hooksPath is relative and
# leads nowhere in a worktree that husky was not run in. Written by `lintel install`; see src/install/worktrees.ts.
lintel_husky='.husky'
lintel_name=${0##*/}

[ -f "$lintel_husky/$lintel_name" ] || exit 0
lintel_init=${XDG_CONFIG_HOME:-$HOME/.config}/husky/init.sh
if [ -f "$lintel_init" ]; then . "$lintel_init"; fi
if [ "${HUSKY-}" = 0 ]; then exit 0; fi
PATH=node_modules/.bin:$PATH
export PATH
sh -e "$lintel_husky/$lintel_name" "$@"
lintel_code=$?
[ $lintel_code = 0 ] || echo "husky - $lintel_name script failed (code $lintel_code)" >&2
exit $lintel_code
