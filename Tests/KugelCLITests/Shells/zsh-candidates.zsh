# Usage: zsh -f zsh-candidates.zsh SCRIPT LINE...: what zsh would offer at the end of each LINE. Prints
# "line LINE", then "offer WORD" for each word.
# A widget runs in a terminal of its own, because completion functions work nowhere else.
zmodload zsh/zpty
zpty shell zsh -f -i
setup=$(mktemp)
cat > $setup <<END
PS1= PROMPT2= RPS1=
autoload -Uz compinit && compinit -u -D
source ${(q)1}
bindkey '^I' complete-word
compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "\$@"
    return \$?
  fi
  typeset -a found
  builtin compadd -A found "\$@"
  print -rl -- \${\${found}/#/offer:}
}
null-line() { return 0 }
zle -C complete-word complete-word collect
collect() {
  _main_complete
  print -r -- end-of-offers
  compstate[insert]=
  compstate[list]=
}
print ready-to-offer
END
zpty -w shell "source $setup"
zpty -r shell line '*ready-to-offer[^"]*'
for typed in "${@[2,-1]}"; do
  print -r -- "line $typed"
  # Ctrl-U takes back what was typed before.
  zpty -w -n shell $'\C-u'$typed$'\t'
  while zpty -r shell line; do
    line=${line%%[[:space:]]##}
    case $line in
      *offer:*) print -r -- "offer ${line#*offer:}" ;;
      *end-of-offers*) break ;;
    esac
  done
done
zpty -d shell
rm -f $setup
