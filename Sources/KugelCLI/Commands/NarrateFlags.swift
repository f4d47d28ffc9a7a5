import KugelJobs
import KugelNarration
import KugelText
import KugelWire

// The options that only `kugel narrate` has.
extension Narrate {
  static var items: [Flag<Narrate>] {
    [
      Flag.value(
        "split", nil, "HOW", \.split,
        help: "cut texts into items: at headings, every:10m and others"
      ) { (text) throws(BadValue) in
        guard let rule = SplitRule(text) else {
          throw BadValue(
            expected: "files, headings, paragraphs, lines, or every:TIME from 1s, such as every:10m"
          )
        }
        return rule
      }
      .detail(
        "Without it a file is an item. `headings` are those of Markdown, and in plain text lines of their own "
          + "such as `CHAPTER I`; `every:10m` makes items of about ten minutes that end with a sentence."
      )
      .choices(.fixed(Self.splits)),
      Flag.choice("list", nil, "KIND", \.list, help: "take the files for lists of items")
        .detail(
          "Files called `*.jsonl` and `*.csv` are lists without it, and so is standard input, which holds "
            + "JSON lines when it begins with a brace, else a text in each line."),
      Flag.choice(
        "notes", nil, "HOW", \.notes, help: "what becomes of the notes of books and pages"
      )
      .detail(
        "`read` unless told otherwise. Notes are what a book or page says are some, and in Markdown those that "
          + "begin with `[^1]:`."),
      Flag.text("directory", "O", "DIR", \.directory, help: "write the files into DIR; else here")
        .choices(.directory),
      Flag.value(
        "name", nil, "TEMPLATE", \.template, help: "call the files so, as in {n}-{slug}"
      ) { (text) throws(BadValue) in
        do throws(NameTemplateError) { return try NameTemplate(text) } catch {
          throw BadValue(expected: error.message)
        }
      }
      .detail(
        "`{n}` is the item's number, with as many digits as the last one has; `{stem}` the input's name, "
          + "`{slug}` its title or first words in ASCII, `{voice}`, `{lang}`, and `{ext}` the extension. "
          + "A file that is one item is called `{stem}.{ext}`, others `{stem}-{n}-{slug}.{ext}`. An extension "
          + "in place of `{ext}` says the format, where `--format` does not."),
      Flag.integer(
        "jobs", "j", "N", \.workers, in: 1...256, help: "speak N items at the same time"
      )
      .detail("Without it a service is given two, an engine of this machine one for each core."),
      Flag.value(
        "shard", nil, "PART", \.shard, help: "make one part of the list, such as 1/4"
      ) { (text) throws(BadValue) in
        guard let shard = Shard(text) else {
          throw BadValue(expected: "a part of a whole, such as 1/4")
        }
        return shard
      }
      .detail(
        "The parts go by content, so that each machine makes others, and names stay the same. Files of all "
          + "parts in one directory, with the lines of their manifests in one, are what one machine would make."
      ),
      Flag.onOff("fail-fast", nil, \.failsFast, help: "end with the first item that fails"),
      Flag.onOff("prune", nil, \.prunes, help: "remove files that the list does not name any more")
        .detail(
          "Only those that the manifest tells of and that are as they were made; a terminal is asked. Nothing "
            + "goes when not all of the list could be read."
        ),
      Flag.onOff("estimate", "n", \.estimates, help: "only tell how much it would be")
        .detail("Characters, words, time and price; nothing is spoken, and no service is asked."),
      Flag.onOff("dry-run", nil, \.plans, help: "only tell what would be made, and why"),
      Flag.value(
        "tariff", nil, "PRICE", \.tariff, help: "price of 1000 characters, for --estimate"
      ) { (text) throws(BadValue) in
        guard let tariff = Tariff(text) else {
          throw BadValue(expected: "a price with or without its currency, such as 0.05EUR")
        }
        return tariff
      }.configurable,
    ].map { $0.heading("Items") }
  }

  static var output: [Flag<Narrate>] {
    [
      Flag(
        FlagSpec(
          long: "subs", short: nil, value: .required("KINDS"),
          help: "write subtitles beside each file")
      ) { (target: inout Narrate, input) throws(BadValue) in
        guard case .value(let text) = input else { return }
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
          guard let kind = SubtitleKind(rawValue: String(name)) else {
            throw BadValue(
              expected: "\(SubtitleKind.allCases.map(\.rawValue).joined(separator: ", ")) in a list"
            )
          }
          if !target.subtitles.contains(kind) { target.subtitles.append(kind) }
        }
      }
      .repeatable
      .detail(
        "As in `--subs srt,vtt`. Their times are counted in the samples of the file. Those of another kind that stand "
          + "there from before are made anew with their sound."),
      Flag.value(
        "loudness", nil, "LUFS", \.loudness, help: "bring each file to a loudness, such as -19"
      ) { (text) throws(BadValue) in
        guard let level = Measures.decimal(text), -40.0 ... -5.0 ~= level else {
          throw BadValue(expected: "-40 to -5")
        }
        return level
      }
      .detail(
        "As people hear it (EBU R 128). What was spoken is measured and then raised or lowered; nothing is "
          + "spoken twice. Peaks stay below -1 dB, also those between samples: a limiter lowers the sound for "
          + "the moment of a higher one."),
      Flag.text("join", nil, "FILE", \.join, help: "join all files into FILE too, with chapters")
        .detail(
          "The extension says the format. Chapters are cue points in WAV, comments in FLAC and Opus, chapter "
            + "frames in MP3; `.m4b` is made by ffmpeg where it is installed. Subtitles are written beside it too."
        ).choices(.file),
      Flag.time(
        "gap", "TIME", \.gap, bare: .milliseconds, in: .zero...Duration.seconds(60),
        help: "silence between joined files; 800ms"),
      Flag.text("title", nil, "TEXT", \.title, help: "title of the joined file; else the book's"),
      Flag.text(
        "author", nil, "TEXT", \.author, help: "author of the joined file; else the book's"),
      Flag.text("cover", nil, "FILE", \.cover, help: "picture of the joined file, JPEG or PNG")
        .choices(.file),
    ].map { $0.heading(OutputOptions.heading) }
      + SubtitleOptions.shape.map {
        $0.lifted(to: \Narrate.shape).heading(SubtitleOptions.heading)
      }
  }

  static var proof: [Flag<Narrate>] {
    [
      Flag.onOff("verify", nil, \.verifies, help: "let a speech recogniser listen, too")
        .detail(
          "pocketsphinx, where it is installed with its English model. A sentence of which it does not hear a "
            + "third of the words is doubtful, and one of up to five words whose sound does not fit them. Other languages are left to the other proofs. What was there before is "
            + "listened to as well, once, and not made anew."),
      Flag.text(
        "report", nil, "FILE", \.report, help: "tell failures and doubtful sentences as JSON"
      )
      .detail(
        "A page to look at is written beside it, called as FILE with `.html`: it shows the sound of each item "
          + "with doubtful sentences, and where in it they are. `-` is standard output, without a page."
      ).choices(.file),
    ].map { $0.heading("Proof") }
  }

  private static let splits = [
    Choice("files", "a file is an item"), Choice("headings", "a chapter is one"),
    Choice("paragraphs", "a paragraph is one"), Choice("lines", "a line is one"),
    Choice("every:", rest: "TIME", "so much of the text as takes so long"),
  ]
}
