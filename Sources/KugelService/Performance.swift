import KugelAudio
import KugelEngine
import KugelServiceCore
import KugelText
import KugelWire

/// The speaking of one text chunk: its tags, its pauses, its rate, and the size of its pieces.
struct Performance {
  private let job: SynthesisJob
  private let engine: any SpeechEngine
  private let cancellation: Cancellation
  /// Samples per second of the voice, once that is known.
  private var voiceRate: Int?
  /// Milliseconds of silence before it was.
  private var lead = 0
  private var converter: Converter?
  private var isUnfit = false
  private var pieces: PieceCollector
  /// Samples at the engine's rate made so far.
  private var engineSamples = 0
  private var words: [WordTime] = []

  /// - Parameters:
  ///   - longestPiece: seconds of audio.
  ///   - cancellation: ends it also while nothing is delivered.
  init(
    job: SynthesisJob, engine: any SpeechEngine, longestPiece: Double = 0.2,
    cancellation: Cancellation = Cancellation()
  ) {
    self.job = job
    self.engine = engine
    self.cancellation = cancellation
    voiceRate = engine.knownRate(ofVoice: job.utterance.voice)
    pieces = PieceCollector(largest: Int(Double(job.rate) * longestPiece))
  }

  /// Blocks until the chunk is spoken.
  ///
  /// - Parameter deliver: takes samples and words; false stops at once.
  /// - Returns: `.finished` or `.failed`, which the caller passes on.
  mutating func run(deliver: (EngineNews) -> Bool) -> EngineNews {
    if let voiceRate, !begin(at: voiceRate) { return .failed(.generationFailed) }
    let marked: MarkedText
    do throws(MarkupError) {
      marked = try SpeechMarkup.parse(
        job.spoken.string, language: job.utterance.language, breaks: job.breaks)
    } catch {
      return .failed(.validation(error.description))
    }
    do throws(EngineError) {
      for (run, next) in zip(marked.runs, marked.runs.dropFirst().map(Optional.some) + [nil]) {
        guard try perform(run, before: next, deliver: deliver) else {
          return isUnfit ? .failed(.generationFailed) : .finished
        }
      }
    } catch {
      return .failed(error.serviceError)
    }
    if let tail = converter?.flush(), !tail.isEmpty, !offer(tail, deliver: deliver) {
      return .finished
    }
    if let rest = pieces.rest(), !deliver(.samples(rest)) { return .finished }
    if !words.isEmpty { _ = deliver(.words(words)) }
    return .finished
  }

  /// - Returns: false for a rate that cannot be made the job's.
  private mutating func begin(at rate: Int) -> Bool {
    voiceRate = rate
    if rate != job.rate { converter = Converter(from: rate, to: job.rate) }
    isUnfit = rate != job.rate && converter == nil
    return !isUnfit
  }

  private mutating func perform(
    _ run: MarkedText.Run, before next: MarkedText.Run?, deliver: (EngineNews) -> Bool
  ) throws(EngineError) -> Bool {
    switch run {
    case .pause(let milliseconds):
      return pause(milliseconds, deliver: deliver)
    case .speech(let said, let speed):
      let text = said.through(job.spoken)
      var utterance = job.utterance
      utterance.text = text.string
      utterance.speed = speed ?? utterance.speed
      // A pause whose length was asked for stands in the place of the engine's own.
      if case .pause? = next, job.breaks != .snapped { utterance.pausesAtEnd = false }
      let startMilliseconds = lead + engineSamples * 1000 / (voiceRate ?? 1)
      var wanted = true
      let engine = engine
      try engine.speak(utterance, until: cancellation) { piece in
        switch piece {
        case .samples(let samples): wanted = take(samples, deliver: deliver)
        case .words(let times):
          words += times.map { $0.moved(by: startMilliseconds, through: text) }
        }
        return wanted
      }
      return wanted
    }
  }

  /// In parts, so that it can be stopped.
  private mutating func pause(_ milliseconds: Int, deliver: (EngineNews) -> Bool) -> Bool {
    let rate = voiceRate ?? job.rate
    if voiceRate == nil { lead += milliseconds }
    var left = rate * milliseconds / 1000
    while left > 0 {
      let part = [Int16](repeating: 0, count: min(left, rate))
      left -= part.count
      let isWanted =
        voiceRate == nil ? offer(part, deliver: deliver) : take(part, deliver: deliver)
      guard isWanted else { return false }
    }
    return true
  }

  private mutating func take(_ samples: [Int16], deliver: (EngineNews) -> Bool) -> Bool {
    if voiceRate == nil, !begin(at: engine.rate(ofVoice: job.utterance.voice)) { return false }
    engineSamples += samples.count
    guard let converter else { return offer(samples, deliver: deliver) }
    return offer(converter.convert(samples), deliver: deliver)
  }

  private mutating func offer(_ samples: [Int16], deliver: (EngineNews) -> Bool) -> Bool {
    pieces.add(samples)
    while let piece = pieces.ready() {
      guard deliver(.samples(piece)) else { return false }
    }
    return true
  }
}

/// From the engine's rate to the job's.
private enum Converter {
  case polyphase(PolyphaseConverter)
  case library(RateConverter)

  init?(from engineRate: Int, to rate: Int) {
    if let polyphase = PolyphaseConverter(from: engineRate, to: rate) {
      self = .polyphase(polyphase)
    } else if let library = RateConverter(from: engineRate, to: rate) {
      self = .library(library)
    } else {
      return nil
    }
  }

  func convert(_ samples: [Int16]) -> [Int16] {
    switch self {
    case .polyphase(let converter): converter.convert(samples)
    case .library(let converter): converter.convert(samples)
    }
  }

  func flush() -> [Int16] {
    switch self {
    case .polyphase(let converter): converter.flush()
    case .library(let converter): converter.flush()
    }
  }
}

/// Gathers samples into pieces: the first at once, later ones ever larger up to a limit, so that
/// the start is quick and the rest is cheap. What an engine makes at once may be larger than that.
struct PieceCollector {
  private var samples: [Int16] = []
  private var wanted = 1
  private let largest: Int

  init(largest: Int) { self.largest = max(largest, 1) }

  mutating func add(_ more: [Int16]) {
    if samples.isEmpty { samples = more } else { samples += more }
  }

  mutating func ready() -> [Int16]? {
    guard samples.count >= wanted else { return nil }
    wanted = min(max(wanted, samples.count) * 2, largest)
    guard samples.count > largest else { return rest() }
    defer { samples.removeFirst(largest) }
    return Array(samples[..<largest])
  }

  mutating func rest() -> [Int16]? {
    guard !samples.isEmpty else { return nil }
    defer { samples = [] }
    return samples
  }
}

extension WordTime {
  /// The same word in the time and the text of the whole chunk.
  func moved(by milliseconds: Int, through text: SourcedText) -> WordTime {
    var word = self
    word.startMilliseconds += milliseconds
    word.endMilliseconds += milliseconds
    let source = text.source(of: characterStart..<characterEnd)
    word.characterStart = source.lowerBound
    word.characterEnd = source.upperBound
    return word
  }
}

extension EngineError {
  /// What a client is told; the engine's own words stay with whoever runs the service.
  var serviceError: ServiceError {
    switch self {
    case .unavailable(let engine, let cause):
      ServiceError("\(engine): \(cause)", name: "MODEL_UNAVAILABLE", code: 503)
    case .unknownVoice: .notFound("Voice")
    case .failed(let engine, let cause):
      ServiceError("\(engine): \(cause)", name: "INTERNAL_ERROR", code: 500)
    }
  }
}
