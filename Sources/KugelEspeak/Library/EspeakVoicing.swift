import KugelEngine

/// One text and everything that decides how the library speaks it.
struct EspeakRequest: Equatable, Sendable {
  /// A voice's file, `+` a variant where there is one.
  var identifier: String
  /// UTF-8 with a closing zero.
  var text: [UInt8]
  /// Whether the pause that belongs behind the last sign is spoken.
  var endsClause: Bool
  /// Whether what stands in double brackets is phonemes.
  var hasPhonemes = false
  /// Whether its sound must not hang on what was spoken before it.
  var isRepeatable = false
  var wordsPerMinute: Int
  var pitch: Int
}

/// What the library made in one go.
struct EspeakSound: Equatable, Sendable {
  /// A word that begins.
  struct Word: Equatable, Sendable {
    /// Scalars before it; the library counts one too few at times, down to -1.
    var offset: Int32
    /// Scalars.
    var length: Int32
    /// From the start of the request.
    var milliseconds: Int32
  }

  var samples: [Int16]
  var words: [Word] = []
}

enum EspeakFailure: Error, Equatable {
  /// The library broke down, and its process is gone; the next request has another.
  case died(cause: String)
  /// It could not be started, or refused the request.
  case refused(EngineError)
}

/// Something that speaks what the library speaks: the library in this process, or others that have it.
protocol EspeakVoicing: Sendable {
  /// Samples per second; the usual when the library cannot be started.
  var rate: Int { get }
  /// Requests that are spoken at the same time.
  var concurrency: Int { get }

  /// Starts what must be started before the first request; speaking does so itself.
  func prepare() throws(EngineError)

  /// Lets go of what waits for a next request.
  func rest()

  /// Blocks until the text is spoken or `take` has returned false.
  func speak(_ request: EspeakRequest, take: (EspeakSound) -> Bool) throws(EspeakFailure)
}

extension EspeakVoicing {
  var concurrency: Int { 1 }
  func rest() {}
}
