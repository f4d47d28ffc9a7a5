import KugelJobs
import KugelWire

/// What a script may hold, for the manual of `kugel multi`.
package enum ScriptManual {
  package static var lines: [Choice] {
    [
      Choice("NAME: TEXT", "NAME speaks TEXT; it must be declared, or cast with `--cast`"),
      Choice(
        "NAME (KEY VALUE, NOTE): TEXT",
        "for this line alone the voice sounds otherwise; words that are no KEY with a value are "
          + "notes, which nobody speaks"),
      Choice(
        "NAME +(-300ms): TEXT",
        "the line begins so long after the end of the one before it; a negative time overlaps"),
      Choice("an indented line", "goes on with the text of the line above it"),
      Choice("# TEXT", "is a comment"),
      Choice(
        "@voice NAME = VOICE, KEY VALUE",
        "declares a speaker: VOICE is a number, a name or the start of one, or `ENGINE:VOICE`, as "
          + "in `espeak:en-gb`; `ENGINE:` alone takes the engine's usual voice"),
      Choice("@gap 250ms", "is the silence between lines from here on"),
      Choice("@title TEXT", "names the script"),
      Choice("[pause 600ms]", "is a silence in place of the gap"),
      Choice("[mark NAME]", "is told with its time when it is heard, with `-V`"),
      Choice(
        "[sound FILE]",
        "mixes a sound file in, in the place of a line: WAV, FLAC, Ogg, MP3, AIFF, AU and others"),
    ]
  }

  package static var keys: [Choice] {
    [
      Choice("speed X", "times the voice's usual pace; 1 leaves it"),
      Choice("rate WPM", "the same in words a minute"),
      Choice(
        "pitch N",
        "\(SettingKey.pitch.setting.kind.expected), where the engine takes it; 50 is the voice's own"
      ),
      Choice("volume DB", "louder or softer, \(Measures.levelRange) decibels"),
      Choice("lang LANG", "the language, as in `de` or `en-gb`"),
      Choice("pan WHERE", "with `--pan`: left, center, right, or -1 to 1"),
      Choice(
        "KEY VALUE",
        "any other setting that the speaker's engine takes, as `kugel help settings` lists them, such "
          + "as `temperature 0.3`; not "
          + SettingKey.allCases.filter { !SettingKey.ofScripts.contains($0) }
          .map { "`\($0.rawValue)`" }.joined(separator: ", ")),
    ]
  }

  package static var forPrograms: [Choice] {
    [
      Choice(
        #"{"voice":"anna","text":"Oh!","at":"-300ms"}"#,
        "is a line; a script whose first line begins with a brace is JSON lines, and "
          + "`--to-jsonl` converts one into them")
    ]
  }
}
