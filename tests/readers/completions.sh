#!/usr/bin/env bash
# Completes lines in real shells. Usage: completions.sh PLAN WORKSPACE
set -euo pipefail
PATH=$(dirname "$(realpath "$1")"):$PATH
cd "$2/reports"

expect() { [ "$2" = "$3" ] || { printf '%s: expected [%s], got [%s]\n' "$1" "$3" "$2"; exit 1; }; }

in_bash() {
  bash --norc -c 'source <(plan completions bash)
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_TYPE=9
    _clap_complete_plan plan "${*: -1}" "" && printf "%s\n" "${COMPREPLY[@]}"' bash "$@" 2>&1
}
# The two functions of zsh's completion system that the script calls, as printers.
in_zsh() {
  zsh -f -c 'compdef() { }; _describe() { print -rl -- ${(P)argv[-1]} }
    source <(plan completions zsh)
    words=("$@") CURRENT=$#
    _clap_dynamic_completer_plan' zsh "$@" 2>&1
}
in_fish() { fish --no-config -c 'plan completions fish | source; complete -C "$argv"' "$@" 2>&1; }

expect bash "$(in_bash plan status --agency so-y)" so-y-te
expect bash "$(in_bash plan status --round '' | sort | tr '\n' ' ')" "annual consumer-day "
expect bash "$(in_bash plan sta)" status
expect "bash elsewhere" "$(cd / && in_bash plan status --agency so-y)" ""
expect "bash, -C" "$(cd / && in_bash plan -C "$2" status --agency so-y)" so-y-te
expect zsh "$(in_zsh plan status --agency so-y)" "so-y-te:Sở Y tế"
expect "zsh elsewhere" "$(cd / && in_zsh plan status --agency so-y)" ""
expect fish "$(in_fish plan status --agency so-y)" $'so-y-te\tSở Y tế'
expect fish "$(in_fish plan sta | cut -f1)" status
echo "completions: bash, zsh, fish"
