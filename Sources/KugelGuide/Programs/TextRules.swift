/// What is done with a text where nothing else is asked for, for `kugel help text`.
package enum TextRules {
  package static let text = """
    Without --filter: stream and session think,markdown,url,emoji; say of files called *.md
    markdown,url,emoji; say of all else emoji, where an engine of this machine speaks; multi
    nothing. Engines of this machine get numbers too, but in multi; --no-normalize leaves
    that out.

    Always: terminal colours and titles are left out; letters are composed, and styled ones
    made plain; <break>, <spell> and <prosody> are the voice's, HTML tags set apart what they
    enclose, and other angle brackets are text. --raw-text leaves out even that.

    What may yet become markup waits for what follows: 64 characters, or a quarter of a second
    in which nothing comes; then it is text. A number, or a word of a lexicon, waits for half a
    second: one that may go on ("5" of "50 km") then stays as it is written, as does the rest of
    it. Whole words alone are spoken: one that has begun is waited for two seconds. A stop ends
    its sentence at once, but behind what may be half a name ("README.", "my_notes.").

    --lexicon FILE has lines like "kugel = koogel" and "tomato = /təˈmɑːtəʊ/". Whole words,
    the longest first, in any letter case; a word in capitals only ("US = United States") or
    in double quotes in that case only. "[de]" before lines: for German alone, "[en-gb]" for
    British English. Any number of blanks may stand between the words of an entry.

    --print shows what would be said; --tee=spoken what is, as it is heard.
    """ + "\n"
}
