import KugelEngine
import KugelEspeak
import KugelText

extension EngineEntry {
  package static let piper: EngineEntry = {
    var entry = EngineEntry(
      name: PiperEngine.name, summary: "natural voices, by ONNX Runtime",
      capabilities: PiperEngine.capabilities, open: { PiperEngine($0) })
    entry.beforeThreads = { _, _ in
      OnnxRuntime.silence()
      EspeakPhonemiser.beforeThreads()
    }
    entry.isReadyFirst = { language, variable in
      PiperEngine.isReady(for: language ?? "en", variable)
    }
    entry.shop = PiperCatalogue.shop
    entry.remedy = "Fetch a voice: kugel voices -e \(PiperEngine.name) --available"
    return entry
  }()
}

extension PiperEngine {
  /// Whether a voice for a language and the library are there, without loading anything.
  static func isReady(for language: String, _ variable: (String) -> String?) -> Bool {
    let wanted = language.lowercased().prefix { $0 != "-" && $0 != "_" }
    let shelf = VoiceShelf(folders: VoiceFolders.all(named: nil, variable))
    guard shelf.voices.contains(where: { $0.parts?.language ?? "" == wanted }) else {
      return false
    }
    return RuntimeShelf(RuntimePlaces(named: nil, variable: variable)).seemsInstalled
  }

  /// As the program has it.
  convenience init(_ setup: EngineSetup) {
    let shelf = VoiceShelf(
      folders: VoiceFolders.all(named: setup.options["voices"], setup.variable))
    let loader = VoiceLoader(
      RuntimeShelf(RuntimePlaces(named: setup.options["runtime"], variable: setup.variable)),
      PreparedStore(setup.variable), threads: setup.options["threads"].flatMap { Int($0) } ?? 1,
      trial: { PiperEngine.trial($0, shelf) }, warn: setup.warn)
    self.init(
      shelf: shelf,
      models: PiperModels { (voice) throws(EngineError) in try loader.load(voice) },
      phonemiser: EspeakPhonemiser(setup), concurrency: setup.concurrency)
  }
}
