import KugelCore

/// Turns text into samples, in this process.
package protocol SpeechEngine: Sendable {
  /// What `--engine` calls it.
  var name: String { get }
  /// Samples per second of everything it speaks.
  var nativeRate: Int { get }
  var voices: [Voice] { get }
  /// What speaks when nobody chose.
  var defaultVoice: Int { get }

  /// Speaks one text to its end; blocks the calling thread meanwhile.
  ///
  /// - Parameter deliver: takes what was spoken, in play order, on the calling thread; false stops
  ///   the engine at once.
  /// - Throws: when the text could not be spoken; what was delivered before stands.
  func speak(_ utterance: Utterance, deliver: (SpokenPiece) -> Bool) throws(EngineError)
}

package enum SpokenPiece: Equatable, Sendable {
  /// Mono, at the engine's native rate.
  case samples([Int16])
  /// Times from the start of the utterance; sent no earlier than the samples they describe begin.
  case words([WordTime])
}

package enum EngineError: Error, Equatable {
  /// The engine's library or its data could not be started.
  case unavailable(engine: String, cause: String)
  case unknownVoice(Int)
  case failed(engine: String, cause: String)
}
