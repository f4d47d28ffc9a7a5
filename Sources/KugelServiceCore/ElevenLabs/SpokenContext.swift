import KugelText
import KugelWire

/// One context of a socket of ElevenLabs', as the service sees it.
///
/// What is made of a chunk is kept until its words are known: they travel with the chunk's first sound.
///
/// Source: ElevenLabs notes, sections 7.5 and 8.
struct SpokenContext: Sendable {
  private let settings: TurnSettings
  private let profile: ServiceProfile
  /// nil: the only one of its socket.
  let name: String?
  private var buffer: TriggerBuffer
  /// Opened by the first text that can be spoken.
  private var turn: ServiceTurn?
  /// Of the chunk that is being made: its sound, and its words.
  private var made: [ServiceMessage] = []
  private var words: ServiceMessage?
  private(set) var lastInput: ContinuousClock.Instant
  /// No text is taken any more.
  private(set) var isClosing = false

  init(
    _ name: String?, settings: TurnSettings, profile: ServiceProfile,
    at now: ContinuousClock.Instant
  ) {
    self.name = name
    self.settings = settings
    self.profile = profile
    lastInput = now
    buffer = TriggerBuffer(
      schedule: settings.chunkLengthSchedule, isAtOnce: settings.autoMode ?? false,
      language: settings.language)
  }

  var isSpeaking: Bool { turn?.pending.isEmpty == false }
  /// Everything is said, and no more comes.
  var isDone: Bool { isClosing && !isSpeaking }
  /// Cutting the connection now would lose something.
  var isBusy: Bool { isSpeaking || isClosing || !buffer.isEmpty }
  /// Something of it went to the engine.
  var hasBegun: Bool { turn?.hasBegun ?? false }

  mutating func touch(at now: ContinuousClock.Instant) { lastInput = max(lastInput, now) }
  mutating func close() { isClosing = true }

  /// - Returns: what is to be spoken now.
  /// - Throws: as it is to be sent.
  mutating func append(
    _ text: String, _ trigger: TriggerBuffer.Trigger, numbered next: inout Int,
    at now: ContinuousClock.Instant
  ) throws(ServiceError) -> [SynthesisJob] {
    let chunks = buffer.append(text, trigger)
    guard !chunks.isEmpty else { return [] }
    var open: ServiceTurn
    if let turn { open = turn } else { open = try profile.turn(settings, context: name, at: now) }
    defer { turn = open }
    return open.jobs(for: chunks, of: profile, numbered: &next)
  }

  /// The engine's news of the oldest job.
  ///
  /// - Returns: what to tell the client; nil when the job is not ours.
  mutating func receive(
    _ news: EngineNews, job: Int, at now: ContinuousClock.Instant
  ) -> [ServiceMessage]? {
    guard turn?.pending.first?.id == job else { return nil }
    var told: [ServiceMessage] = []
    for message in turn?.receive(news, at: now) ?? [] {
      switch message {
      case .wordTimes: words = message
      case .chunkComplete:
        let (sound, times) = (made, words)
        (made, words) = ([], nil)
        // The first says what the chunk is.
        told += sound.prefix(1) + (times.map { [$0] } ?? []) + sound.dropFirst() + [message]
      default: made.append(message)
      }
    }
    return told
  }
}
