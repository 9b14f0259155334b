#!/bin/sh
# Writes what a pull request does to the tree (ost-diff.md, ost-diff.json), shows it in the run's
# summary, and keeps one comment of it. On forks, where the token may not write, the summary is all.
set -eu
: "${OST_FOLDER:=.}" "${OST_BASE:?the commit that the pull request began at}" "${OST_COMMENT:=true}"

ost diff "$OST_BASE...HEAD" --folder "$OST_FOLDER" --format markdown \
  --output json:ost-diff.json > ost-diff.md
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat ost-diff.md >> "$GITHUB_STEP_SUMMARY"; fi
if [ "$OST_COMMENT" = true ]; then ost comment ost-diff.md --marker ost-diff; fi
if [ -n "${OST_FAIL_ON:-}" ]; then
  ost diff "$OST_BASE...HEAD" --folder "$OST_FOLDER" --fail-on "$OST_FAIL_ON" > /dev/null
fi
