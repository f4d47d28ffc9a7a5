import KugelEngine
import KugelSystem

/// What these voices need, and whether it is there: for whoever looks for trouble. Only
/// the library is loaded, as nothing else tells whether it does.
enum PiperFindings {
  static func of(_ setup: EngineSetup) -> [EngineFinding] {
    let shelf = VoiceShelf(
      folders: VoiceFolders.all(named: setup.options["voices"], setup.variable))
    let places = RuntimePlaces(named: setup.options["runtime"], variable: setup.variable)
    return [library(places, isNeeded: !shelf.voices.isEmpty)] + voices(shelf)
      + [cache(PreparedStore(setup.variable))].compactMap(\.self)
  }

  private static func library(_ places: RuntimePlaces, isNeeded: Bool) -> EngineFinding {
    let topic = "ONNX Runtime"
    let text: String
    do throws(OnnxRuntime.Failure) {
      let found = try RuntimeShelf(places).find()
      return EngineFinding(topic, "\(found.name), version \(found.version)")
    } catch {
      text = error.cause.isEmpty ? "is not installed" : error.cause
    }
    let install = "Install it: \(places.installing)"
    guard isNeeded else {
      return EngineFinding(topic, text + ", and no voice of \(PiperEngine.name) wants it")
    }
    return EngineFinding(
      topic, text + ", so no voice of \(PiperEngine.name) can speak", remedy: install)
  }

  private static func voices(_ shelf: VoiceShelf) -> [EngineFinding] {
    let voices = shelf.voices
    guard !voices.isEmpty else {
      return [
        EngineFinding(
          PiperEngine.name,
          "no voices in \(shelf.folders.joined(separator: ", ")); "
            + "to fetch some: kugel voices -e \(PiperEngine.name) --available")
      ]
    }
    let flaws = voices.compactMap { voice in shelf.flaw(of: voice).map { (voice, $0) } }
    let names = voices.filter { shelf.flaw(of: $0) == nil }.map(\.handle)
    let shown = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    let count = "\(names.count) voice\(names.count == 1 ? "" : "s")"
    return [EngineFinding(PiperEngine.name, names.isEmpty ? count : "\(count): \(shown)")]
      + flaws.map { voice, flaw in
        EngineFinding(
          "voice", "\(voice.handle) cannot be used: \(flaw)",
          remedy: voice.remedy.prefix(1).uppercased() + voice.remedy.dropFirst())
      }
  }

  /// Says nothing where nothing is kept, and it could be.
  private static func cache(_ store: PreparedStore) -> EngineFinding? {
    guard let folder = store.folder else {
      return EngineFinding(
        "cache", "neither HOME nor XDG_CACHE_HOME is set: voices start slowly each time",
        remedy: "Set HOME to a folder of yours.")
    }
    if let trouble = store.trouble {
      return EngineFinding(
        "cache", "\(folder) cannot be written (\(trouble)): voices start slowly each time",
        remedy: "Make it yours, or name another place with XDG_CACHE_HOME.")
    }
    let (count, bytes) = store.content
    guard count > 0 else { return nil }
    return EngineFinding(
      "cache",
      "\(count) prepared voice\(count == 1 ? "" : "s") in \(folder), "
        + "\((bytes + 500_000) / 1_000_000) MB")
  }
}
