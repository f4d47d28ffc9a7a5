import KugelJobs
import KugelNarration

extension Narrate {
  package static var manual: ManualText {
    var manual = ManualText(
      description: [
        "Makes a sound file of each item: of a file, a chapter, a paragraph, a line, or an entry of a list. "
          + "Without FILE, or for `-`, a list is read from standard input.",
        "Run again, it makes only what is not there. The manifest `\(Manifest.fileName)` keeps for each item a "
          + "hash of its text and of all that shapes its sound. What is equal is kept, what has changed is "
          + "made anew, and a file that was not made here is never replaced without `--force`. Each file "
          + "gets its name when it is whole and on the disk: after a power cut, or a process that was "
          + "killed, the same command goes on. With an engine of this machine that speaks a text always "
          + "alike, as most do, the files are then byte for byte those of one run, with any `-j` and `--shard`.",
        "Texts are spoken a paragraph at a time, and each sentence is proved: that its words were told by the "
          + "voice, that it took as long as this voice needs for so much text, which is learned on the way, "
          + "that no silence is inside, and that its end was not cut. A doubtful sentence is spoken again "
          + "with its paragraph, up to `--retries` times, and then told with its place.",
        "Texts may be plain text, Markdown (`.md`), HTML (`.html`) and EPUB (`.epub`); of a book in EPUB its "
          + "contents say what a chapter is. Each cue of subtitles (`.srt`) is heard in its time, spoken faster "
          + "where it must be, up to one and a half times; what does not fit then is told.",
        "An item that fails is told at the end, the others are made, and the exit status is 1; so it is with a "
          + "page that is missing in a book, which is read without it, and when a sentence stays doubtful. INT "
          + "ends it: what is whole is kept.",
      ],
      examples: [
        .init(
          "A file for each chapter of a book, with subtitles:",
          "kugel narrate --split headings -O book --subs srt book.md"),
        .init(
          "How long that will be, and what it costs:",
          "kugel narrate --estimate --tariff 0.05EUR --split headings book.md"),
        .init(
          "An audio book in one file with chapters:",
          "kugel narrate --split headings -O book --join book.m4b --title 'The Book' --loudness -19 book.epub"
        ),
        .init(
          "What a film's subtitles say, each at its time:",
          "kugel narrate -O dubbed -l de film.srt"),
        .init(
          "A book of which a page shows what is doubtful:",
          "kugel narrate --split headings -O book --verify --report report.json book.epub"),
        .init(
          "The prompts of a telephone system:",
          "kugel narrate -O prompts --format ulaw --sample-rate 8000 menu.csv"),
        .init("Each line of a list:", "printf 'Hello\\nGoodbye\\n' | kugel narrate -O lines"),
        .init(
          "A list over four machines, or cores:",
          "parallel kugel narrate --shard {}/4 -O part{} list.jsonl ::: 1 2 3 4"),
      ])
    manual.lists = [
      ManualText.List(
        "Lists",
        [
          Choice(
            #"{"text":"Press one.","voice":"anna","lang":"en","name":"menu/one"}"#,
            "is an entry of a list of JSON lines; only `text` is needed. `title`, `speed`, `rate`, `pitch` "
              + "and the other keys of `--set` may be there, or in an object `settings`. An extension of `name` that "
              + "is one of sounds becomes that of the format"),
          Choice(
            "name,text,lang",
            "is the head of a table in CSV, with columns of the same names in any order"),
        ]),
      ManualText.List(
        "Manifest",
        [
          Choice("file", "below the directory"),
          Choice(
            "state", "`done`, or `doubtful` when a sentence is; `gone` takes back the lines before"),
          Choice("duration", "seconds"), Choice("hash", "of text and of what shapes the sound"),
          Choice("source, text", "the input, and the place in it, from and to, in characters"),
          Choice("samples, rate", "of the sound as it was spoken"),
          Choice("bytes", "of the file; another size is another file"),
          Choice("characters", "that were sent"),
          Choice(
            "sentences, words",
            "four numbers for each: from and to in the spoken text, from and to in samples"),
          Choice("doubts", "sentences from 1, their seconds, and why"),
          Choice("verified", "a speech recogniser has listened to it"),
        ]),
      ManualText.List(
        "Report file",
        [
          Choice("items, seconds, sentences", "how many there are, and how long they last"),
          Choice(
            "failed",
            "what was not made: `item`, its number; `place`, `file` and `cause`; input that could not be read has "
              + "no number and no file"),
          Choice(
            "doubts",
            "`item`, `file`, `sentence`, its number; `from` and `to` in seconds; `doubt`, its kinds; `text`, and "
              + "`source`, the place in the input"),
        ]),
      ManualText.List("Doubts", DoubtKind.allCases.map { Choice($0.rawValue, $0.meaning) }),
    ]
    manual.files = [
      Choice("DIR/\(Manifest.fileName)", "what is made in a directory, a line for each file")
    ]
    manual.exits = [.done, .partial] + SpeechManual.exits.dropFirst()
    manual.related = ["say", "voices", "serve"]
    return manual
  }
}
