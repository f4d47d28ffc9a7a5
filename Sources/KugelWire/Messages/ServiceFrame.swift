import KugelText

/// One message from service to client.
package struct ServiceFrame: Equatable, Sendable {
  /// Set on the multi-context endpoint only.
  package var context: String?
  package var message: ServiceMessage

  package init(_ message: ServiceMessage, context: String? = nil) {
    self.message = message
    self.context = context
  }
}

/// Source: protocol notes, sections 4.4, 5.4 and 7.2.
// Nearly all of them are audio, and are handed on often: what is larger and seldom stands apart.
package enum ServiceMessage: Equatable, Sendable {
  case generationStarted(chunk: Int, text: String)
  case audio(AudioFrame)
  case wordTimes([WordTime], chunk: Int)
  case chunkComplete(chunk: Int, audioSeconds: Double, generationMilliseconds: Double)
  case warning(ServiceWarning)
  indirect case final(FinalStatistics)
  /// Usage is absent from older services and for turns in which nothing was spoken.
  indirect case sessionClosed(TurnTotals, usage: Usage?)
  case interrupted
  indirect case settingsUpdated(SettingsInEffect)
  case contextCreated
  case contextTimeout
  indirect case contextClosed(usage: Usage?)
  indirect case error(ServiceError)
}

/// A piece of audio, always decoded to linear samples in memory.
package struct AudioFrame: Equatable, Sendable {
  /// Mono, in play order, at `rate`.
  package var samples: [Int16]
  /// Hz.
  package var rate: Int
  /// Counts from 0 within a turn.
  package var index: Int
  /// The text chunk it belongs to.
  package var chunk: Int

  /// Hz that a frame may name.
  package static let rates = 1...384_000

  package init(samples: [Int16], rate: Int, index: Int, chunk: Int) {
    self.samples = samples
    self.rate = rate
    self.index = index
    self.chunk = chunk
  }
}

package struct TurnTotals: Equatable, Sendable {
  package var audioSeconds: Double
  package var textChunks: Int
  package var audioChunks: Int

  package init(audioSeconds: Double = 0, textChunks: Int = 0, audioChunks: Int = 0) {
    self.audioSeconds = audioSeconds
    self.textChunks = textChunks
    self.audioChunks = audioChunks
  }
}

/// What a `final` frame says. Streams send totals, one-shot requests all of it.
package struct FinalStatistics: Equatable, Sendable {
  package var totals: TurnTotals?
  package var chunks: Int?
  package var totalSamples: Int?
  package var durationMilliseconds: Double?
  package var generationMilliseconds: Double?
  package var realTimeFactor: Double?
  package var originalText: String?
  package var timeToFirstAudioMilliseconds: Double?
  package var speed: Double?
  package var usage: Usage?

  package init(totals: TurnTotals? = nil) { self.totals = totals }
}

/// What a turn, request or context cost, as the service states it; what it does not state stays nil.
///
/// Source: protocol notes, section 9.
package struct Usage: Equatable, Sendable {
  package var audioSeconds: Double
  package var characters: Int?
  /// Euro cents; nil when the service could not tell.
  package var costCents: Double?
  package var currency: String?
  package var model: String?

  package init(
    audioSeconds: Double, characters: Int? = nil, costCents: Double? = nil,
    currency: String? = nil, model: String? = nil
  ) {
    self.audioSeconds = audioSeconds
    self.characters = characters
    self.costCents = costCents
    self.currency = currency
    self.model = model
  }
}

/// The `settings` of `settings_updated`; nil is a value that was never set.
package struct SettingsInEffect: Equatable, Sendable {
  package var cfgScale: Double
  package var temperature: Double?
  package var maxNewTokens: Int
  package var language: String?
  package var normalize: Bool
  package var speed: Double

  package init(
    cfgScale: Double, temperature: Double?, maxNewTokens: Int, language: String?, normalize: Bool,
    speed: Double
  ) {
    self.cfgScale = cfgScale
    self.temperature = temperature
    self.maxNewTokens = maxNewTokens
    self.language = language
    self.normalize = normalize
    self.speed = speed
  }
}

/// A service's refusal or failure.
///
/// Source: protocol notes, section 8.
package struct ServiceError: Error, Equatable, Sendable {
  package var message: String
  /// `error_code`, such as `MISSING_VOICE_ID`.
  package var name: String
  /// The number beside it, HTTP-like.
  package var code: Int
  package var requestID: String?
  /// Seconds; most services say it in a header instead.
  package var retryAfter: Double?
  /// It answers an update of settings, and concerns no turn.
  package var refusesUpdate = false

  package init(
    _ message: String, name: String, code: Int, requestID: String? = nil, retryAfter: Double? = nil
  ) {
    self.message = message
    self.name = name
    self.code = code
    self.requestID = requestID
    self.retryAfter = retryAfter
  }
}
