#!/bin/sh
# Runs a command, and says what is going on while it takes longer than two seconds:
#   ci/progress.sh "installing" pip install ...
what=$1
shift
"$@" &
job=$!
trap 'kill $job 2>/dev/null' INT TERM
(
  # Whoever reads what the command says does not wait for a sleep that nobody needs any more.
  sleep 2 >/dev/null 2>&1
  seconds=2
  while kill -0 $job 2>/dev/null; do
    if [ -t 2 ]; then
      printf '\r%s … %s s' "$what" "$seconds" >&2
    elif [ $seconds -eq 2 ]; then
      printf '%s …\n' "$what" >&2
    fi
    sleep 1 >/dev/null 2>&1
    seconds=$((seconds + 1))
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
) &
watch=$!
wait $job
ended=$?
kill $watch 2>/dev/null
if [ -t 2 ]; then
  printf '\r\033[K' >&2
fi
exit $ended
