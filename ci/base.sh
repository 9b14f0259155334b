#!/bin/sh
# Prints the commit that a pull request is compared with. A forge checks out the merge of the pull
# request with its target: the first parent of that is the target as it is now, which the event that
# began the run may not know yet.
set -eu
: "${OST_BASE:?the commit that the pull request began at}" "${OST_HEAD:=}"

if [ -n "$OST_HEAD" ] && [ "$(git rev-parse --quiet --verify 'HEAD^2' || true)" = "$OST_HEAD" ]; then
  git rev-parse 'HEAD^1'
else
  printf '%s\n' "$OST_BASE"
fi
