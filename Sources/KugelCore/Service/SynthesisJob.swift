/// One text chunk on its way to an engine.
package struct SynthesisJob: Equatable, Sendable {
  /// Counts from 0 over the life of a connection, so that late answers can be told apart.
  package let id: Int
  package let chunk: Int
  package let utterance: Utterance
  /// Hz of the samples that are asked for.
  package let rate: Int
  /// The multi-context endpoint's context.
  package var context: String?
}

/// What a service can do and what it insists on; the same for all its connections.
package struct ServiceProfile: Sendable {
  /// The engine voice that a reference stands for; nil when there is none.
  package var voice: @Sendable (VoiceReference) -> Int?
  /// Hz of audio when a client names no rate.
  package var defaultRate = 24_000
  package var defaultModel = "kugel-3.5"
  /// Unicode scalars of one turn.
  package var charactersPerTurn = 10_000
  /// A turn that gets no text for so long ends.
  package var idleTimeout: Duration = .seconds(5)
  /// Prices audio; nil when the service cannot tell.
  package var costCentsPerMinute: Double?
  /// Rewrites a text chunk before it is spoken: the replacements of the active dictionaries.
  package var rewrite: @Sendable (String, TurnSettings) -> String = { text, _ in text }
  /// Reports usage with every turn.
  package var reportsUsage = true

  package init(voice: @escaping @Sendable (VoiceReference) -> Int?) { self.voice = voice }
}

extension ServiceProfile {
  /// What a turn has cost; nil when nothing was spoken or usage is not reported.
  func usage(of turn: ServiceTurn) -> Usage? {
    guard reportsUsage, turn.audioSeconds > 0 else { return nil }
    let cost = costCentsPerMinute.map { $0 * turn.audioSeconds / 60 }
    return Usage(
      audioSeconds: turn.audioSeconds, characters: turn.characters, costCents: cost,
      currency: cost == nil ? nil : "eur", model: turn.settings.model ?? defaultModel)
  }
}
