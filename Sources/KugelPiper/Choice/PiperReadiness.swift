import KugelEngine
import KugelText

/// Whether these voices are to speak when nobody named an engine, by a glance at files. The library alone is
/// loaded, and only where there is a voice: it would be next.
struct PiperReadiness {
  private let wish: EngineWish
  private let engine: PiperEngine
  private let trouble: (RuntimePlaces) -> String?

  /// - Parameter trouble: what is wrong with the library, empty where there is none; nil for nothing.
  init(
    _ wish: EngineWish,
    trouble: @escaping (RuntimePlaces) -> String? = { places in
      do throws(OnnxRuntime.Failure) { _ = try RuntimeShelf(places).find() } catch {
        return error.cause
      }
      return nil
    }
  ) {
    self.wish = wish
    self.trouble = trouble
    var setup = EngineSetup()
    setup.options = wish.options
    setup.variable = wish.variable
    engine = PiperEngine(setup)
  }

  /// Loads it, which is asked where there is a voice only.
  private var hasLibrary: Bool {
    let places = RuntimePlaces(named: wish.options["runtime"], variable: wish.variable)
    guard let cause = trouble(places) else { return true }
    if !cause.isEmpty {
      wish.tell("\(PiperEngine.name) is passed over: \(cause). Install it: \(places.installing)")
    }
    return false
  }

  /// A voice that is named decides: one that is not here is somebody else's.
  var speaks: Bool {
    guard let reference = wish.voice else { return speaks(language: wish.language ?? "en") }
    switch engine.find(reference) {
    case .unknown: return false
    case .ambiguous: return hasLibrary
    case .found(let voice):
      guard case .handle(let name) = reference else { return hasLibrary }
      if PiperEngine.isLanguage(name, of: voice) {
        return hasLibrary && isUsable(engine.shelf.voice(numbered: voice.id).map { [$0] } ?? [])
      }
      // Who calls a voice by its own name is told what it lacks.
      return isName(name, of: voice) || hasLibrary
    }
  }

  private func speaks(language: String) -> Bool {
    let wanted = language.lowercased().prefix { $0 != "-" && $0 != "_" }
    let voices = engine.shelf.voices.filter { $0.parts?.language ?? "" == wanted }
    return !voices.isEmpty && hasLibrary && isUsable(voices)
  }

  /// Whether one of them can be used; where none can, the reasons are told.
  private func isUsable(_ voices: [PiperVoice]) -> Bool {
    if voices.contains(where: { engine.shelf.flaw(of: $0) == nil }) { return true }
    for voice in voices {
      if let flaw = engine.shelf.flaw(of: voice) { wish.tell(PiperEngine.passed(voice, flaw)) }
    }
    return false
  }

  /// In full, or the beginning of a handle with more than a language in it.
  private func isName(_ text: String, of voice: Voice) -> Bool {
    let text = text.lowercased()
    return text.hasSuffix(".onnx") || voice.name.lowercased() == text
      || text.contains("-") && (voice.handle?.lowercased().hasPrefix(text) ?? false)
  }
}
