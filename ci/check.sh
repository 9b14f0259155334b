#!/bin/sh
# Judges the tree; of a pull request only what it brought. Annotations go to standard output, a file
# for code scanning to ost.sarif. Everything comes in by the environment, nothing into the script.
set -eu
: "${OST_FOLDER:=.}" "${OST_BASE:=}"

# The commit that the pull request began at must be here; this is the only thing that is fetched.
if [ -n "$OST_BASE" ] && [ "$(git rev-parse --is-shallow-repository)" = true ]; then
  git fetch --quiet --no-tags --unshallow origin || true
fi
if [ -n "$OST_BASE" ] && ! git cat-file -e "$OST_BASE^{commit}" 2>/dev/null; then
  git fetch --quiet --no-tags origin "$OST_BASE"
fi
set -- check "$OST_FOLDER" --format "${OST_FORMAT:-github}" --output sarif:ost.sarif
if [ -n "$OST_BASE" ]; then set -- "$@" --since "$OST_BASE..."; fi
exec ost "$@"
