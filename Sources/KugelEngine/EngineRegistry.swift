/// The engines that speak in this process.
package enum EngineRegistry {
  /// What `engine(named:)` knows, the one for everyday use first.
  package static let names = [EspeakEngine.name, ToneEngine.name]

  /// Starting an engine is left to its first use; asking for one costs nothing.
  package static func engine(named name: String) -> (any SpeechEngine)? {
    switch name {
    case EspeakEngine.name: EspeakEngine()
    case ToneEngine.name: ToneEngine()
    default: nil
    }
  }
}
