import KugelClient
import KugelReading
import KugelSession
import KugelStreams
import KugelText

/// What `--print` does: writes to standard output what would be said, as soon as it would be. Neither a
/// service nor a sound device is needed.
struct PrintJob {
  private let host: Host
  private let request: SpeechRequest
  private let isTerminal: Bool
  /// Something with a word in it was written.
  private var hasWords = false
  private var isAtLineStart = true
  private var isOver = false
  /// Whoever wrote the text has failed; what came is printed first.
  private var failure: StreamFailure?

  /// - Throws: 65 where there is nothing to say, 66 for what cannot be read.
  static func run(_ request: SpeechRequest, in host: Host) throws -> ExitStatus {
    var job = PrintJob(request, in: host)
    try job.perform()
    if let failure = job.failure { throw UserError(failure) }
    guard job.hasWords || request.allowsEmpty else { throw UserError.nothingToSay }
    return .done
  }

  private init(_ request: SpeechRequest, in host: Host) {
    self.request = request
    self.host = host
    isTerminal = host.isTerminal(host.standardOutput)
  }

  private mutating func perform() throws {
    let input = try InputText.open(request, for: try target(), in: host)
    let clock = SystemClock()
    try take(input.begin(in: HappeningStream(), at: clock.now))
    while !isOver {
      if let more = input.next(at: clock.now) {
        try take(more)
        continue
      }
      let ready = clock.wait(for: [input.descriptor], until: input.deadline)
      if ready[0] { try take(input.ready(at: clock.now)) }
      if let due = input.deadline, clock.now >= due { try take(input.tick(at: clock.now)) }
    }
  }

  /// Who would speak; a service is not asked.
  private func target() throws -> TextTarget {
    guard let service = request.engine.service else {
      return TextTarget(
        language: try LocalEngine(request, in: host).language,
        takesIPA: request.engine.reading.takesIPA)
    }
    return RemoteSource.target(of: service.capabilities, for: request.language)
  }

  private mutating func take(_ events: [SpeechInputEvent]) throws {
    for event in events {
      switch event {
      case .said(let text): try print(text.string)
      case .session(.text(let text)): try print(text)
      case .session(.endTurn): try endLine()
      case .session(.finish): isOver = true
      case .warning(let sentence):
        if request.verbosity != .quiet { host.tell(RunNarrator.warning(sentence)) }
      case .answerFailed(let trouble): failure = failure ?? trouble
      case .unreadable(let name, let code): throw UserError.unreadable(name, code: code)
      case .binary(let name, let error): throw UserError.binary(name, error)
      default: break
      }
    }
  }

  private mutating func print(_ text: String) throws(UserError) {
    guard let last = text.unicodeScalars.last else { return }
    hasWords = hasWords || text.isSpeakable
    isAtLineStart = last == "\n"
    try host.print(isTerminal ? text.printable : text)
  }

  /// A turn ends its line.
  private mutating func endLine() throws(UserError) {
    guard !isAtLineStart else { return }
    isAtLineStart = true
    try host.print("\n")
  }
}
