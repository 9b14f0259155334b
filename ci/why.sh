#!/bin/sh
# For a repository of code: says below a pull request why it is built, against a tree elsewhere.
set -eu
: "${OST_BASE:?the commit that the pull request began at}" "${OST_TREE:?where the tree is}"

ost why --range "$OST_BASE..HEAD" --tree "$OST_TREE" --format markdown > ost-why.md
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat ost-why.md >> "$GITHUB_STEP_SUMMARY"; fi
if [ "${OST_COMMENT:-true}" = true ]; then ost comment ost-why.md --marker ost-why; fi
