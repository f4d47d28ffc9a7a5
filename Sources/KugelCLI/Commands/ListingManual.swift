import KugelJobs

extension Voices {
  package static var manual: ManualText {
    ManualText(
      description: [
        "Lists who can speak, one voice a line: its number, its name, its languages and its sex. "
          + "Number and name are what `--voice` of the other commands takes.",
        "Where an engine's voices can be fetched, they are listed with their quality, size and licence: a voice "
          + "has a licence of its own, and not every one allows every use.",
      ],
      examples: [
        .init("Who speaks German:", "kugel voices --lang de"),
        .init("The voices of a service:", "kugel voices --url http://localhost:8000"),
        .init("What can be fetched for German:", "kugel voices -e piper --available --lang de"),
        .init("Fetch a voice:", "kugel voices -e piper --get de_DE-thorsten-medium"),
        .init("The names alone, for a script:", "kugel voices --json | jq -r '.[].name'"),
      ],
      files: [
        Choice("$XDG_DATA_HOME/kugel/voices", "voices that were fetched or added"),
        Choice("/usr/share/piper-voices", "voices of the system, as /usr/local/share/kugel/voices"),
        Choice(
          "$XDG_CACHE_HOME/kugel", "catalogues, for a day, and what voices need for a quick start"),
      ],
      exits: [
        .done, .usage, .badInput, .unavailable, .cannotCreate, .ioFailed, .tryAgain,
        .protocolError, .refused, .badConfiguration, .outOfCredit, .readerGone,
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
