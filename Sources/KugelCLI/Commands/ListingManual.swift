extension Voices {
  package static var manual: ManualText {
    ManualText(
      description: [
        "Lists who can speak, one voice a line: its number, its name, its languages and its sex. "
          + "Number and name are what `--voice` of the other commands takes."
      ],
      examples: [
        .init("Who speaks German:", "kugel voices --lang de"),
        .init("The voices of a service:", "kugel voices --url http://localhost:8000"),
        .init("The names alone, for a script:", "kugel voices --json | jq -r '.[].name'"),
      ],
      exits: [
        .done, .usage, .unavailable, .tryAgain, .protocolError, .refused, .badConfiguration,
        .outOfCredit, .readerGone,
      ], related: ["say", "stream"])
  }
}

extension Completion {
  package static var manual: ManualText {
    ManualText(
      description: [
        "Prints the script that lets a shell complete commands, options and their values. "
          + "An installed `kugel` has them in place already."
      ],
      examples: [
        .init("In this bash:", "source <(kugel completion bash)"),
        .init("In zsh, from a directory in fpath:", "kugel completion zsh > ~/.zfunc/_kugel"),
        .init("In every fish:", "kugel completion fish > ~/.config/fish/completions/kugel.fish"),
      ])
  }
}

extension Help {
  package static var manual: ManualText {
    ManualText(
      description: ["Without a word, lists the commands; else explains the command or the topic."],
      examples: [
        .init("The options of a command:", "kugel help say"),
        .init("The kinds of file:", "kugel help formats"),
      ])
  }
}
