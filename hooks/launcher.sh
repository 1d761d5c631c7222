#!/bin/sh
# lintel:launcher 1
# Finds lintel and node, and lets lintel judge. `lintel init` copies this file to `.architecture/run-hook`
# (called by a hook manager as `sh .architecture/run-hook NAME ARGUMENTS`), `lintel init --hooks git` to
# git's own hooks folder (there the file's name is the hook's name). `lintel uninstall` takes it away.
# The two settings below are written by init; everything else is the same in every copy.
lintel_prefix=''
lintel_lint_staged=''

case ${0##*/} in
run-hook | launcher.sh) lintel_name=$1 && shift ;;
*) lintel_name=${0##*/} ;;
esac

# Git's folders by sh's own means: a git process here would cost every commit 2 ms.
# A linked worktree's `.git` is a file, `gitdir: PATH`; PATH/commondir leads to the folder all worktrees share.
lintel_git=${GIT_DIR-}
if [ -z "$lintel_git" ]; then
  if [ -d .git ]; then
    lintel_git=.git
  elif [ -f .git ] && IFS= read -r lintel_git <.git; then
    lintel_git=${lintel_git#gitdir: }
  else
    # Called from somewhere else than the root, where git starts hooks.
    lintel_git=$(git rev-parse --show-toplevel) && cd "$lintel_git" && lintel_git=$(git rev-parse --git-dir) || exit 1
  fi
fi
lintel_common=${GIT_COMMON_DIR:-$lintel_git}
if [ -z "${GIT_COMMON_DIR-}" ] && [ -f "$lintel_git/commondir" ] && IFS= read -r lintel_line <"$lintel_git/commondir"; then
  case $lintel_line in
  /* | ?:*) lintel_common=$lintel_line ;;
  *) lintel_common=$lintel_git/$lintel_line ;;
  esac
fi

# What was in git's hooks folder before lintel runs first, with the same arguments and the same standard input.
# Under pre-commit's migration mode (`.legacy`) pre-commit already runs around us: it must not start again.
lintel_input=
for lintel_chained in "$0".lintel-chained*; do
  [ -f "$lintel_chained" ] && [ -x "$lintel_chained" ] && [ -z "${PRE_COMMIT_RUNNING_LEGACY-}" ] || continue
  if [ "$lintel_name" = pre-push ]; then
    [ -n "$lintel_input" ] || lintel_input=$(cat && echo .) || exit 1
    printf %s "${lintel_input%.}" | "$lintel_chained" "$@" || exit $?
  else
    "$lintel_chained" "$@" || exit $?
  fi
done
if [ -n "$lintel_lint_staged" ] && [ "$lintel_name" = pre-commit ]; then
  (cd "./$lintel_prefix" && "$lintel_lint_staged") || exit $?
fi

# Does HEAD (or, with --cached, the index) hold a package.json with a `lintel` key? 0: yes, or it can't be known.
# The key holds an object; the dependency of that name holds a string.
lintel_key() {
  git grep -q -E -e '"lintel"[[:space:]]*($|:[[:space:]]*($|\{))' "$1" -- package.json
  [ $? -ne 1 ]
}

# Does HEAD or the index hold a policy? 0: yes, or it can't be known; 1: no.
lintel_governed() {
  set -- .architecture/config.yaml .architecture/decisions lintel.config.yaml lintel.config.yml lintel.config.json \
    .lintelrc .lintelrc.yaml .lintelrc.yml .lintelrc.json
  lintel_found=$(git ls-files --cached -- "$@") || return 0
  [ -z "$lintel_found" ] || return 0
  lintel_key --cached && return 0
  git rev-parse -q --verify HEAD >/dev/null || return 1
  lintel_found=$(git ls-tree --name-only HEAD -- "$@") || return 0
  [ -z "$lintel_found" ] || return 0
  lintel_key HEAD
}

# Ends the hook: closed where decisions are in force, silently open where there are none (an old branch).
lintel_missing() {
  lintel_governed || exit 0
  lintel_remedy='npm install'
  [ ! -f "./${lintel_prefix}pnpm-lock.yaml" ] || lintel_remedy='pnpm install'
  [ ! -f "./${lintel_prefix}yarn.lock" ] || lintel_remedy='yarn install'
  [ -z "$lintel_prefix" ] || lintel_remedy="(cd '$lintel_prefix' && $lintel_remedy)"
  cat >&2 <<MESSAGE
lintel: $1
  This repository has architectural decisions, and the $lintel_name hook can't judge without it, so it stops here.
  Mend: ${2-$lintel_remedy}
MESSAGE
  exit 1
}

lintel_package=./${lintel_prefix}node_modules/lintel
if [ ! -f "$lintel_package/dist/hook.cjs" ]; then
  # Where `lintel install` last ran from: serves linked worktrees that have no node_modules of their own.
  lintel_recorded=
  [ ! -f "$lintel_common/lintel/entry" ] || IFS= read -r lintel_recorded <"$lintel_common/lintel/entry"
  case $lintel_recorded in
  '' | */"${PWD##*/}/${lintel_prefix}node_modules/lintel") lintel_elsewhere= ;;
  *) lintel_elsewhere=" and no $lintel_recorded" ;;
  esac
  [ -n "$lintel_recorded" ] && [ -f "$lintel_recorded/dist/hook.cjs" ] ||
    lintel_missing "not installed: there is no ${lintel_prefix}node_modules/lintel$lintel_elsewhere"
  lintel_package=$lintel_recorded
fi

# The node that `lintel install` ran under goes before PATH: a graphical client may have a bare one.
lintel_node=
[ ! -f "$lintel_common/lintel/node" ] || IFS= read -r lintel_node <"$lintel_common/lintel/node"
[ -n "$lintel_node" ] && [ -x "$lintel_node" ] || lintel_node=$(command -v node) ||
  lintel_missing 'node was not found, neither where `lintel install` recorded it nor on PATH' \
    'put node on PATH, then run: npx --no-install lintel install'

. "$lintel_package/hooks/environment.sh"
if [ -n "$lintel_input" ]; then
  # Sourced in a subshell, so that what was read above is read again.
  printf %s "${lintel_input%.}" | (. "$lintel_package/hooks/$lintel_name")
  exit $?
fi
. "$lintel_package/hooks/$lintel_name"
