import KugelGuide

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
    manual.lists = [
      ManualText.List("Scripts", ScriptManual.lines),
      ManualText.List("Keys of voices and lines", ScriptManual.keys),
      ManualText.List("Scripts for programs", ScriptManual.forPrograms),
    ]
    manual.files = SpeechManual.files
    manual.exits = [.done, .partial] + SpeechManual.exits.dropFirst()
    manual.related = ["say", "voices", "serve"]
    return manual
  }
}
