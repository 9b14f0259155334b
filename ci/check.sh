#!/bin/sh
# Judges the tree; of a pull request only what it brought. Annotations go to standard output, a file
# for code scanning to ost.sarif. Everything comes in by the environment, nothing into the script.
set -eu
: "${OST_FOLDER:=.}" "${OST_BASE:=}" "${OST_REPORTS:=}"

# The commit that the pull request began at must be here; this is the only thing that is fetched.
if [ -n "$OST_BASE" ] && [ "$(git rev-parse --is-shallow-repository)" = true ]; then
  git fetch --quiet --no-tags --unshallow origin || true
fi
if [ -n "$OST_BASE" ] && ! git rev-parse --quiet --verify --end-of-options "$OST_BASE^{commit}" > /dev/null; then
  git fetch --quiet --no-tags --end-of-options origin "$OST_BASE"
fi
set -- check "$OST_FOLDER" --format "${OST_FORMAT:-github}" --output sarif:ost.sarif
if [ -n "$OST_BASE" ]; then set -- "$@" --since "$OST_BASE..."; fi
if [ -n "$OST_REPORTS" ]; then
  mkdir -p "$OST_REPORTS"
  set -- "$@" --output "sarif:$OST_REPORTS/ost.sarif"
fi
exec ost "$@"
