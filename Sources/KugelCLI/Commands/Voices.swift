import KugelEngine
import KugelJobs
import KugelScreen
import KugelText

/// `kugel voices`: who can speak.
package struct Voices: Command {
  package static let name = "voices"
  package static let summary = "List the voices of an engine."
  package static var flags: [Flag<Voices>] {
    EngineOptions.flags(liftedTo: \Voices.engine).map {
      $0.spec.heading == EngineOptions.heading ? $0.heading("Which") : $0
    } + [
      VoiceOptions.language(\Voices.language, help: "only voices for this language")
        .detail("`en` finds `en-gb` and `en-us` too.").heading("Which"),
      Flag.text("search", nil, "WORD", \.search, help: "only voices with WORD in name or language")
        .heading("Which"),
      Flag.onOff("json", nil, \.json, help: "print JSON instead of a table").heading("Form"),
      OwnOptions.flag(\Voices.own).configurable.heading("Which"),
    ] + ofShop
  }

  /// For engines whose voices can be fetched.
  private static var ofShop: [Flag<Voices>] {
    [
      Flag.list("get", nil, "NAME", \.gets, help: "fetch voices from the engine's catalogue")
        .detail(
          "Size, licence and place are said first. What was broken off goes on where it stopped; a voice is "
            + "there whole, with the right checksum, or not at all."),
      .onOff("available", nil, \.listsAvailable, help: "list the catalogue instead")
        .detail("It is kept for a day."),
      .list("remove", nil, "NAME", \.removes, help: "remove voices that were fetched"),
      .list("add", nil, "PATH", \.adds, help: "add voices from files or folders of this machine")
        .choices(.file),
      .text("catalogue", nil, "URL", \.catalogue, help: "address of another catalogue, a mirror")
        .detail("`--url` says the same for one call.").configurable,
    ].map { $0.heading("Fetching") }
  }

  package var gets: [String] = []
  package var listsAvailable = false
  package var removes: [String] = []
  package var adds: [String] = []
  package var catalogue: String?
  package var engine = EngineOptions()
  package var own = OwnOptions()
  package var language: String?
  package var search: String?
  package var json = false

  package init() {}

  package mutating func settle(in host: Host) {
    var voice = VoiceOptions()
    (voice.language, voice.own) = (language, own)
    engine.settle(voice, isQuiet: true, in: host)
  }

  package func run(in host: Host) throws -> ExitStatus {
    if let errand = try errand() {
      let address = engine.service.rule.addressOfCall ?? catalogue
      return try host.jobs.shop(errand, engine.chosen, address, host)
    }
    let voices = try host.voices(of: engine, own, language: language).filter(isWanted)
    try host.print(json ? VoiceJSON.text(voices) : VoiceTable.text(voices, within: host.tableWidth))
    if voices.isEmpty { host.tell("kugel: \(reasonForNone)") }
    return .done
  }

  /// What is to be done instead of listing those that are here.
  private func errand() throws(UserError) -> VoiceErrand? {
    let errands: [VoiceErrand] = [
      gets.isEmpty ? nil : .get(gets), removes.isEmpty ? nil : .remove(removes),
      adds.isEmpty ? nil : .add(adds),
      listsAvailable ? .available(language: language, word: search, asJSON: json) : nil,
    ].compactMap(\.self)
    guard errands.count < 2 else {
      throw .usage("--get, --remove, --add and --available are one at a time")
    }
    return errands.first
  }

  /// Why the table is empty.
  private var reasonForNone: String {
    let name = engine.chosen.rawValue
    switch (language, search) {
    case (nil, nil):
      return "the engine \(name) lists no voices"
        + (engine.chosen.entry?.remedy.map { ". \($0)" } ?? "")
    case (let language?, nil):
      return
        "the engine \(name) has no voice for the language \(language); all: kugel voices -e \(name)"
    case (nil, let word?):
      return "no voice of the engine \(name) has \(quoted(word)) in its name or languages; "
        + "all: kugel voices -e \(name)"
    case (let language?, let word?):
      return "the engine \(name) has no voice for the language \(language) with \(quoted(word)) "
        + "in its name or languages; all: kugel voices -e \(name)"
    }
  }

  func isWanted(_ voice: Voice) -> Bool {
    let languages = voice.languages.map { $0.lowercased() }
    if let tag = language?.lowercased(),
      !languages.contains(where: { $0 == tag || $0.hasPrefix(tag + "-") })
    {
      return false
    }
    guard let word = search?.lowercased() else { return true }
    return ([voice.name.lowercased()] + languages).contains { contains($0, word) }
  }
}

/// The standard library alone has no search for a text in a text.
private func contains(_ text: String, _ word: String) -> Bool {
  text.indices.contains { text[$0...].hasPrefix(word) }
}
