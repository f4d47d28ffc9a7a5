import KugelEngine
import KugelText
import Synchronization

/// Any program that writes sound to standard output.
package final class CommandEngine: SpeechEngine {
  package static let name = "command"
  static let capabilities: EngineCapabilities = {
    var capabilities = EngineCapabilities(rates: 80...450, timesWords: false)
    capabilities.options = CommandOption.all
    capabilities.isForeign = true
    return capabilities
  }()
  private static let languages = ["en", "de", "fr", "es", "it", "pt", "nl", "pl"]

  package let name: String
  package let concurrency: Int
  package let voices: [Voice]
  package let defaultVoice = 1
  package var speedRange: ClosedRange<Double> { Self.capabilities.speeds }
  package var pitchRange: ClosedRange<Double> { Self.capabilities.heights }

  private let line: Result<CommandLine, EngineError>
  /// Of the first sound; the program that is kept, when nobody talks with it.
  private let state = Mutex((rate: Int?.none, kept: CommandProcess?.none))

  /// - Parameter name: of the engine and its voice.
  init(
    _ line: Result<CommandLine, EngineError>, name: String = CommandEngine.name,
    concurrency: Int = 1
  ) {
    self.line = line
    self.name = name
    self.concurrency = concurrency
    voices = [Voice(id: 1, name: name, languages: Self.languages, handle: name)]
  }

  /// Of what was spoken; before that a guess.
  package var nativeRate: Int {
    state.withLock(\.rate) ?? (try? line.get())?.rate ?? 22_050
  }

  /// A header counts more than what was said beforehand, so only sound tells.
  package func knownRate(ofVoice number: Int) -> Int? { state.withLock(\.rate) }

  package func prepare() throws(EngineError) { _ = try line.get() }
  package func rest() { state.withLock { $0.kept = nil } }

  package func speak(
    _ utterance: Utterance, deliver: (SpokenPiece) -> Bool
  ) throws(EngineError) {
    try speak(utterance, until: Cancellation(), deliver: deliver)
  }

  package func speak(
    _ utterance: Utterance, until cancellation: Cancellation, deliver: (SpokenPiece) -> Bool
  ) throws(EngineError) {
    try check(utterance)
    guard utterance.voice == 1 else { throw .unknownVoice(utterance.voice) }
    let line = try line.get()
    guard utterance.text.contains(where: { !$0.isWhitespace }) else { return }
    if utterance.speed != 1, !line.has("speed"), !line.has("rate"), line.input != .json {
      throw failed("the command has no place for a pace: write {speed} or {rate} where it belongs")
    }
    let process = try process(for: utterance, line)
    cancellation.onCancel { process.kill() }
    defer { cancellation.onCancel(nil) }
    var reader = WaveReader(rate: line.rate)
    var wasRefused = false
    do {
      let isOver = try process.exchange(
        input(utterance, line), isLast: !line.isKept, patience: line.patience
      ) { bytes in
        let samples = try reader.take(bytes)
        try settle(reader.rate)
        if !samples.isEmpty, !deliver(.samples(samples)) || cancellation.isCancelled {
          wasRefused = true
          return false
        }
        return !reader.isComplete
      }
      if wasRefused || cancellation.isCancelled {
        process.end()
        return
      }
      guard isOver else {
        if line.isKept { state.withLock { $0.kept = process } }
        return
      }
      let rest = try reader.take([], isEnd: true)
      if !rest.isEmpty { _ = deliver(.samples(rest)) }
    } catch {
      if cancellation.isCancelled { return }
      throw told(error, process, line)
    }
    let status = process.end(wait: true) ?? 0
    if status != 0 || reader.rate == nil {
      throw failed(
        "\(line.words[0]) "
          + (status == 0 ? "wrote no sound" : "ended with \(status)")
          + (process.lastComplaint.map { ": \($0)" } ?? ""))
    }
  }

  private func process(
    for utterance: Utterance, _ line: CommandLine
  ) throws(EngineError) -> CommandProcess {
    if line.isKept, let kept = state.withLock({ $0.kept.take() }) { return kept }
    do throws(CommandProcess.Failure) {
      return try CommandProcess(
        line.words(with: [
          ("lang", utterance.language ?? "en"), ("speed", "\(utterance.speed)"),
          ("rate", "\(Int((utterance.speed * Double(Utterance.normalRate)).rounded()))"),
        ]))
    } catch {
      if case .notStarted(let cause) = error {
        throw .unavailable(
          engine: name, cause: "\(line.words[0]) cannot be started: \(cause). Is it installed?")
      }
      throw failed("\(line.words[0]) cannot be started")
    }
  }

  /// One line, whatever the text has.
  private func input(_ utterance: Utterance, _ line: CommandLine) -> [UInt8] {
    let text = utterance.text.split(whereSeparator: \.isNewline).joined(separator: " ")
    switch line.input {
    case .lines: return Array((text + "\n").utf8)
    case .json:
      let object =
        "{\"text\":\(Self.quote(text)),\"lang\":\(Self.quote(utterance.language ?? "en")),"
        + "\"speed\":\(utterance.speed)}"
      return Array((object + "\n").utf8)
    }
  }

  /// RFC 8259, section 7.
  private static func quote(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\u{0}"..."\u{1F}": " "
      default: String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }

  /// What was said of the rate once is kept: the run has begun with it.
  private func settle(_ rate: Int?) throws {
    guard let rate else { return }
    let known = state.withLock { state in
      state.rate = state.rate ?? rate
      return state.rate ?? rate
    }
    guard known == rate else {
      throw failed("the sound came at \(known) Hz before, and at \(rate) Hz now")
    }
  }

  private func failed(_ cause: String) -> EngineError { .failed(engine: name, cause: cause) }

  private func told(
    _ error: any Error, _ process: CommandProcess, _ line: CommandLine
  ) -> EngineError {
    let program = line.words[0]
    process.end()
    switch error {
    case let error as EngineError: return error
    case CommandProcess.Failure.silent:
      return failed(
        "\(program) wrote nothing for \(line.patience) s; more patience: -x timeout=SECONDS")
    case WaveReader.Flaw.needsRate:
      return failed("\(program) writes sound without a header; say its rate: -x rate=HZ")
    case WaveReader.Flaw.unknownForm(let form): return failed("\(program) writes \(form)")
    default: return failed("\(program): \(error)")
    }
  }
}
