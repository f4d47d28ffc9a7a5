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
    entry.isReadyFirst = { PiperReadiness($0).speaks }
    entry.findings = { PiperFindings.of($0) }
    entry.shop = PiperCatalogue.shop
    entry.remedy = "Fetch a voice: kugel voices -e \(PiperEngine.name) --available"
    return entry
  }()
}

extension PiperEngine {
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
      phonemiser: EspeakPhonemiser(setup), concurrency: setup.concurrency, warn: setup.warn)
  }
}
