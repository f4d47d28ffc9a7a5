# Usage: bash bash-candidates.bash SCRIPT WORD...: what bash would offer for the last word, one a line.
set -u
script=$1
shift
# shellcheck source=/dev/null
source "$script"
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMPREPLY=()
_kugel
((${#COMPREPLY[@]})) && printf '%s\n' "${COMPREPLY[@]}"
exit 0
