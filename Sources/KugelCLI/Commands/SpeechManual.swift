import KugelJobs

extension Say {
  package static var manual: ManualText {
    ManualText(
      description: [
        "Speaks the words on the command line, or the files named with `-f`, "
          + "or else standard input, and ends when the last sample has been played or written.",
        "Standard input is spoken as it arrives. A single `-` as text stands for it too. "
          + "A text that begins with a dash goes behind `--`.",
        "The engines \(EngineManual.ofThisProgram) use no network. \(EngineManual.elsewhere); "
          + "they need a key or an address. "
          + "What was received of a text that then failed stays in the file.",
        "A file whose name ends with `.md` is read as Markdown; any other text is said as it stands, but "
          + "for what nobody can say. " + SpeechManual.always,
      ] + SpeechManual.sound,
      examples: [
        .init("Speak a sentence:", "kugel say Hello world"),
        .init("Speak into a file:", "kugel say -o hello.wav Hello world"),
        .init("Read a German book into an Opus file:", "kugel say -l de -f book.txt -o book.opus"),
        .init("Read along:", "kugel say -i -f book.txt"),
        .init(
          "Read Markdown without its code, and pause behind headings:",
          "kugel say --code skip --pause heading=1s -f notes.md"),
        .init("Convert on the way:", "kugel say -o - Hello | sox -t wav - hello.ogg"),
        .init(
          "Speak with the service in the cloud:",
          "kugel say -e kugel --key-file ~/.kugel-key -v 1071 Good evening"),
        .init("Speak with a service of your own:", "kugel say --url http://localhost:8000 Hello"),
        .init("Speak on when the terminal is closed:", "kugel say --detach -f book.txt"),
        .init("Telephone audio:", "kugel say --format ulaw -o prompt.ulaw Please hold the line"),
      ],
      files: SpeechManual.files, exits: SpeechManual.exits, related: ["stream", "queue", "voices"])
  }
}

extension Stream {
  package static var manual: ManualText {
    ManualText(
      description: [
        "Speaks standard input while it is being written, as at the end of a pipe. "
          + "A sentence is spoken as soon as it is complete, whether or not a line end follows; "
          + "what is left is spoken at the end of the input.",
        "A line end is not the end of a turn unless `--turn` says so. "
          + "No option ends a turn after each sentence: "
          + "a complete sentence is spoken at once anyway.",
        "The text is read aloud: marks of Markdown go, and headings, paragraphs and list items end as "
          + "such; what a model thinks between `<think>` and `</think>` is left out, and so are emoji; "
          + "of a link its label is said, or the host; of code, formulas and large tables, that they are "
          + "there. `--filter` and its kin choose otherwise, and `--print` shows what is said. "
          + SpeechManual.always,
        "Of the stream that a language model or an agent writes, as events or as lines of JSON, the answer "
          + "is spoken and copied by `--tee`, each message as a paragraph; what it thinks and "
          + "what its tools and subagents say is not. The first bytes tell such a stream from text; "
          + "`--input` names what it is. An error in it is told when what came before was spoken, and "
          + "exits with 75 where it may pass, with 65 where the request was refused; so is an answer that "
          + "was cut, with 75.",
        "What may yet become a mark waits for what follows, for a quarter of a second at most; all else "
          + "is spoken as it comes.",
      ] + SpeechManual.sound,
      examples: [
        .init("Speak what a command writes, as it writes:", "some-command | kugel stream"),
        .init("Hear it and read it:", "some-command | kugel stream --tee"),
        .init("See what would be said:", "some-command | kugel stream --print"),
        .init(
          "Hear and read what a model answers:",
          "curl -N $URL/v1/chat/completions -d @request.json | kugel stream --tee --reasoning"),
        .init(
          "Let a coding agent speak:",
          "claude -p --output-format stream-json --verbose Hello | kugel stream --tools announce"),
        .init("Speak each new line of a log:", "tail -f notes.log | kugel stream --turn line"),
        .init(
          "Pass samples to another program:",
          "some-command | kugel stream -o - --format raw | player"),
      ],
      files: SpeechManual.files, exits: SpeechManual.exits, related: ["say", "queue", "voices"])
  }
}

/// What the pages of `say` and `stream` share.
enum SpeechManual {
  /// What no filter is needed for.
  static let always =
    "Colours and titles meant for a terminal are never spoken; styled letters are said as plain ones. "
    + "The tags `break`, `spell` and `prosody` are for the voice, those of HTML set apart what they "
    + "enclose, and everything else in angle brackets is text. Text is UTF-8, or UTF-16 or UTF-32 as its "
    + "first bytes say; what is no text is refused."
  static let sound = [
    "The sound device is opened while a service is still being reached, and plays silence until enough "
      + "sound is there. Where the sound breaks off it goes on by itself; each time more of it is gathered first. "
      + "With `--play` a file is written too; if the device or the disk fails, the other goes on, "
      + "and the exit status tells.",
    "INT (Ctrl-C) is silence at once, and what was spoken is a whole file; one that follows after more "
      + "than a tenth of a second leaves without waiting, and a file has its name even then. USR1 pauses and goes on; so do TSTP (Ctrl-Z) and CONT.",
    "Your processes take turns at the speakers. `kugel queue` shows who speaks and who waits; `kugel skip`, "
      + "`again`, `back`, `on`, `pause`, `resume` and `stop` steer them, as do the keys that `--keys` tells "
      + "of and the media keys of a desktop, where there is a session bus.",
  ]
  static let files = [
    Choice("/etc/asound.conf", "sound devices of the system, read by ALSA"),
    Choice("~/.asoundrc", "sound devices of the user, read by ALSA"),
    Choice("~/.config/kugel/config", "configuration; see kugel help configuration"),
    Choice("/etc/xdg/kugel/config", "configuration of the system"),
    Choice("$XDG_RUNTIME_DIR/kugel", "who speaks and who waits, and the last sound"),
  ]
  static let exits: [ExitStatus] = [
    .done, .usage, .badInput, .unreadableInput, .unavailable, .internalError, .cannotCreate,
    .ioFailed, .tryAgain, .protocolError, .refused, .badConfiguration, .outOfCredit,
    .hungUp, .interrupted, .readerGone, .terminated,
  ]
}
