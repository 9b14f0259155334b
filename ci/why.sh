#!/bin/sh
# For a repository of code: says below a pull request why it is built, against a tree elsewhere.
set -eu
: "${OST_BASE:?the commit that the pull request began at}" "${OST_TREE:?where the tree is}"
: "${OST_REPORTS:=.}"
OST_BASE=$(sh "$(dirname "$0")/base.sh")
report=$OST_REPORTS/ost-why.md

mkdir -p "$OST_REPORTS"
ost why --range "$OST_BASE..HEAD" --tree "$OST_TREE" --format markdown > "$report"
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$report" >> "$GITHUB_STEP_SUMMARY"; fi
if [ "${OST_COMMENT:-true}" = true ]; then ost comment "$report" --marker ost-why; fi
