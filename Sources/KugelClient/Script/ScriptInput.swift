import KugelReading
import KugelScreenplay

/// Gives a script's items, as many as are asked for. Used on one thread.
struct ScriptInput {
  enum Piece {
    case item(ScriptItem)
    case error(ScriptError)
    case remark(InputRemark)
    case unreadable(code: CInt)
    case binary(BinaryInputError)
    case end
  }

  /// How long the end of a growing script may stand still before what is there is spoken.
  private static let patience = Duration.milliseconds(250)

  private var known: ArraySlice<Piece> = []
  private var input: TextInput?
  private var play: Screenplay
  private let isLive: Bool
  private var lastRead: ContinuousClock.Instant?

  /// - Parameter isLive: somebody listens; the last speech does not wait for what may go on with it.
  init(_ source: ScriptSource, isLive: Bool, echo: CopiedLine? = nil) {
    self.isLive = isLive
    switch source {
    case .items(let items):
      known = items.map(Piece.item) + [.end]
      play = Screenplay()
    case .descriptor(let descriptor, let options):
      input = TextInput(descriptor: descriptor)
      input?.echo = echo
      play = Screenplay(options: options)
    }
  }

  /// What to wait for when `next` has nothing; negative when nothing comes.
  var descriptor: CInt { input?.descriptor ?? -1 }

  var deadline: ContinuousClock.Instant? {
    guard isLive, input != nil, play.holdsSpeech else { return nil }
    return lastRead.map { $0 + Self.patience }
  }

  mutating func next() -> Piece? { known.popFirst() }

  mutating func tick(at now: ContinuousClock.Instant) {
    guard let deadline, now >= deadline else { return }
    take(play.release())
  }

  /// The descriptor can be read.
  mutating func ready(at now: ContinuousClock.Instant) {
    lastRead = now
    switch input?.read() {
    case nil: break
    case .text(let text, bytes: _):
      take(play.append(text))
      note()
    case .end(let rest):
      take(play.append(rest) + play.finish())
      note()
      end()
    case .failed(let code):
      known.append(.unreadable(code: code))
      take(play.finish())
      end()
    case .binary(let error):
      known.append(.binary(error))
      end()
    }
  }

  /// Nothing more is read.
  mutating func end() {
    guard input != nil else { return }
    input = nil
    known.append(.end)
  }

  private mutating func take(_ pieces: [Screenplay.Piece]) {
    for piece in pieces {
      switch piece {
      case .item(let item): known.append(.item(item))
      case .error(let error):
        // What comes behind a line that cannot be read may not mean what it says.
        known.append(.error(error))
        return end()
      }
    }
  }

  private mutating func note() {
    guard let remarks = input?.remarks() else { return }
    known += remarks.map(Piece.remark)
  }
}
