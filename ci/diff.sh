#!/bin/sh
# Writes what a pull request does to the tree (ost-diff.md, ost-diff.json), shows it in the run's
# summary, and keeps one comment of it. On forks, where the token may not write, the summary is all.
set -eu
: "${OST_FOLDER:=.}" "${OST_BASE:?the commit that the pull request began at}" "${OST_COMMENT:=true}"
: "${OST_REPORTS:=.}"
OST_BASE=$(sh "$(dirname "$0")/base.sh")
report=$OST_REPORTS/ost-diff.md

mkdir -p "$OST_REPORTS"
ost diff "$OST_BASE...HEAD" --folder "$OST_FOLDER" --format markdown \
  --output "json:$OST_REPORTS/ost-diff.json" > "$report"
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$report" >> "$GITHUB_STEP_SUMMARY"; fi
if [ "$OST_COMMENT" = true ]; then ost comment "$report" --marker ost-diff; fi
if [ -n "${OST_FAIL_ON:-}" ]; then
  ost diff "$OST_BASE...HEAD" --folder "$OST_FOLDER" --fail-on "$OST_FAIL_ON" > /dev/null
fi
