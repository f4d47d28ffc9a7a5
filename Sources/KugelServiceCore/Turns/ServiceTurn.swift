import KugelText
import KugelWire

/// One turn while a service speaks it: its buffer, the chunks at the engine, and what it has cost.
struct ServiceTurn: Sendable {
  let settings: TurnSettings
  let voice: Int
  /// ISO 639-1 code of what is spoken, as far as it is known.
  let language: String?
  let context: String?
  private var buffer: TextBuffer
  private(set) var characters = 0
  /// Chunks handed to the engine and not yet spoken, in order.
  private(set) var pending: [SynthesisJob] = []
  private var startedAt: ContinuousClock.Instant?
  private var nextChunk = 0
  private var nextIndex = 0
  private var chunkSamples = 0
  private var totalSamples = 0
  /// Chunks that the engine has finished.
  private var finishedChunks = 0
  /// When text last came, or generation last ended.
  var lastActivity: ContinuousClock.Instant

  init(
    settings: TurnSettings, voice: Int, language: String?, startsEarly: Bool,
    context: String? = nil, at now: ContinuousClock.Instant
  ) {
    self.settings = settings
    self.voice = voice
    self.language = language
    self.context = context
    lastActivity = now
    buffer = TextBuffer(
      rules: TextBuffer.Rules(settings, language: language, startsEarly: startsEarly))
  }

  var rate: Int { settings.delivery.rate }
  /// Something of it went to the engine.
  var hasBegun: Bool { nextChunk > 0 }
  var isSpoken: Bool { pending.isEmpty && buffer.isEmpty }
  var bufferDeadline: ContinuousClock.Instant? { buffer.deadline }
  var audioSeconds: Double { Double(totalSamples) / Double(rate) }

  var totals: TurnTotals {
    TurnTotals(audioSeconds: audioSeconds, textChunks: finishedChunks, audioChunks: nextIndex)
  }

  /// - Parameter limit: most characters of a turn.
  /// - Returns: the chunks that are ready.
  /// - Throws: as it is to be sent; the turn is over then.
  mutating func append(
    _ text: String, limit: Int, at now: ContinuousClock.Instant
  ) throws(ServiceError) -> [String] {
    do throws(MarkupError) {
      try SpeechMarkup.check(text)
    } catch {
      throw .validation(error.description)
    }
    characters += text.unicodeScalars.count
    try RequestValidator.check(characters: characters, limit: limit)
    lastActivity = now
    return buffer.append(text, at: now)
  }

  mutating func tick(at now: ContinuousClock.Instant) -> [String] { buffer.tick(at: now) }

  mutating func flush() -> [String] { buffer.flush() }

  /// - Parameters:
  ///   - chunks: may have blank lines at their ends, which clients are not told.
  ///   - next: the number of the connection's next job; counted on.
  mutating func jobs(
    for chunks: [String], of profile: ServiceProfile, numbered next: inout Int
  ) -> [SynthesisJob] {
    let jobs = chunks.map { chunk in
      defer { (next, nextChunk) = (next + 1, nextChunk + 1) }
      let text = chunk.trimmed
      let lines = chunk.blankLines
      return SynthesisJob(
        id: next, chunk: nextChunk,
        utterance: Utterance(
          text: text, voice: voice, language: language, speed: settings.speed ?? 1,
          pitch: settings.pitch ?? 50, wantsWordTimes: settings.wordTimestamps ?? false),
        spoken: profile.rewrite(text, settings, language)
          .withBlankLines(before: lines.before, behind: lines.behind),
        breaks: profile.breaks, rate: rate, encoding: settings.delivery.encoding, context: context,
        settings: settings)
    }
    pending += jobs
    return jobs
  }

  /// The engine's news of the oldest chunk, as the messages that tell the client.
  mutating func receive(_ news: EngineNews, at now: ContinuousClock.Instant) -> [ServiceMessage] {
    guard let job = pending.first else { return [] }
    switch news {
    case .started:
      startedAt = now
      chunkSamples = 0
      return [.generationStarted(chunk: job.chunk, text: job.utterance.text)]
    case .samples(let samples):
      chunkSamples += samples.count
      totalSamples += samples.count
      defer { nextIndex += 1 }
      return [
        .audio(AudioFrame(samples: samples, rate: job.rate, index: nextIndex, chunk: job.chunk))
      ]
    case .words(let words):
      return words.isEmpty ? [] : [.wordTimes(words, chunk: job.chunk)]
    case .finished:
      pending.removeFirst()
      finishedChunks += 1
      lastActivity = now
      let took = startedAt.map { now - $0 } ?? .zero
      return [
        .chunkComplete(
          chunk: job.chunk, audioSeconds: Double(chunkSamples) / Double(job.rate),
          generationMilliseconds: took / .milliseconds(1))
      ]
    case .failed:
      pending = []
      return []
    }
  }
}

/// What an engine says of one job, in order: started, samples and words, then finished or failed.
package enum EngineNews: Equatable, Sendable {
  case started
  /// Mono, at the job's rate.
  case samples([Int16])
  case words([WordTime])
  case finished
  indirect case failed(ServiceError)
}

extension TextBuffer.Rules {
  init(_ settings: TurnSettings, language: String?, startsEarly: Bool) {
    self.init(
      chunkLengthSchedule: settings.chunkLengthSchedule,
      autoMode: settings.autoMode ?? false,
      maxBufferLength: settings.maxBufferLength ?? 10_000,
      flushTimeout: .milliseconds(settings.flushTimeoutMilliseconds ?? 500),
      language: language,
      clauses: startsEarly ? EarlyClauses(settings) : .none)
  }
}

extension EarlyClauses {
  /// Who asks for chunks as they come (`auto_mode`) gets clauses; who asks for long ones gets none.
  init(_ settings: TurnSettings) {
    if settings.autoMode == true {
      self = .every
    } else {
      self = settings.chunkLengthSchedule == nil ? .first : .none
    }
  }
}
