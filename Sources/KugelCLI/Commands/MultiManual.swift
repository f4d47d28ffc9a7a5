import KugelJobs
import KugelWire

extension Multi {
  package static var manual: ManualText {
    var manual = ManualText(
      description: [
        "Speaks a script in which several voices take turns, and mixes them into one sound. "
          + "Every speaker keeps a voice of its own; later lines are made while earlier ones are "
          + "heard, and their order is always kept.",
        "Without FILE the script is read from standard input. A script in a file is understood "
          + "completely before anything is spoken. One that arrives through a pipe is spoken as it "
          + "comes: a speaker must have been declared above, and a line is begun when it has ended.",
        "An error in a script is told with its line and column, and the line is shown; "
          + "the exit status is 65. A line that could not be spoken is told, the others go on, and "
          + "the exit status is 1.",
        "Voices of several engines may speak in one script. An engine in this process speaks its "
          + "lines one after another. A service speaks over one connection with a context for each "
          + "speaker, and over another one for speakers whose settings it would keep for all; where it has fewer places than the script has speakers, the one that has been "
          + "silent for longest is closed first.",
        "Voice, language, pace, model and parameters that are given as options are those of speakers "
          + "that say nothing else: a voice for those who name an engine alone, as in "
          + "`@voice anna = espeak:`, and what is of an engine for its speakers.",
        "Lines are said as they stand; `--filter` has them read as `kugel stream` reads what it is given.",
        "INT ends all voices at once; files keep what was spoken. "
          + "USR1 pauses what is played, and lets it go on; so do TSTP and CONT.",
      ],
      examples: [
        .init(
          "List the speakers of a script, with the lines of each:", "kugel multi --check play.txt"),
        .init("Play a script:", "kugel multi play.txt"),
        .init(
          "Write the mix, a track for each speaker and a file for each line:",
          "kugel multi -o play.wav --stems stems --lines lines play.txt"),
        .init(
          "Let a service speak the voices that name no engine:",
          "kugel multi --url http://localhost:8000 --pan -o play.flac play.txt"),
        .init("Give voices to a play that has none:", "kugel multi --cast --check play.txt"),
        .init(
          "Speak what a program writes, as it writes it:",
          "some-command | kugel multi"),
      ])
    manual.lists = [scripts, traits, jsonLines]
    manual.files = SpeechManual.files
    manual.exits = [.done, .partial] + SpeechManual.exits.dropFirst()
    manual.related = ["say", "voices", "serve"]
    return manual
  }

  private static var scripts: ManualText.List {
    ManualText.List(
      "Scripts",
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
      ])
  }

  private static var traits: ManualText.List {
    ManualText.List(
      "Keys of voices and lines",
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
      ])
  }

  private static var jsonLines: ManualText.List {
    ManualText.List(
      "Scripts for programs",
      [
        Choice(
          #"{"voice":"anna","text":"Oh!","at":"-300ms"}"#,
          "is a line; a script whose first line begins with a brace is JSON lines, and "
            + "`--to-jsonl` converts one into them")
      ])
  }
}
