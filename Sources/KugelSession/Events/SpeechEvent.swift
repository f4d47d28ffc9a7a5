import KugelWire

/// One line of the stream of events that programs read.
///
/// Fields are only ever added. Times are milliseconds, places in the sound samples of the turn at
/// the turn's rate.
package struct SpeechEvent: Equatable, Sendable {
  /// Of the format.
  package static let version = 1

  /// Since the start of the program, on a clock that only goes forward.
  package var time: Duration
  package var turn: Int?
  package var context: String?
  /// Of a pile of files.
  package var item: Int?
  /// Of the input.
  package var line: Int?
  /// What the program called the request that this answers.
  package var id: RequestID?
  package var body: Body

  package init(
    _ body: Body, time: Duration, turn: Int? = nil, line: Int? = nil, id: RequestID? = nil
  ) {
    self.body = body
    self.time = time
    self.turn = turn
    self.line = line
    self.id = id
  }

  package enum Body: Equatable, Sendable {
    case start(version: String, engine: String, voice: String?, format: Format)
    /// `reused`: the turn goes over a connection that was there.
    case connect(ConnectionTimes, reused: Bool)
    /// What the service calls the connection.
    case session(String)
    case turnBegin
    /// - `characters`: Unicode scalars sent; `source`: where they stand in the input.
    case text(characters: Int, source: Range<Int>)
    /// The service began a chunk; `source` when it can be found in the input.
    case segment(chunk: Int, text: String, source: Range<Int>?)
    case audio(samples: Int, total: Int)
    case firstByte(after: Duration)
    case firstSound(after: Duration)
    /// - `samples`: where the word is in the turn.
    case word(String, samples: Range<Int>, source: Range<Int>?, score: Double)
    /// So many samples of the turn have been heard.
    case heard(position: Int)
    case mark(name: String)
    case underrun(cushion: Duration)
    case keepalive
    /// Of a script's speakers, so many have a context at the service.
    case contexts(active: Int)
    case retry(cause: String, attempt: Int, delay: Duration)
    case resume(source: Int?)
    case warning(String)
    case cancel(HeardText)
    case turnEnd(TurnFigures)
    case usage(Usage?)
    /// The model or agent that writes the text uses a tool.
    case answerTool(name: String)
    /// What the answer took that is read aloud: tokens, and US dollars.
    case answerUsage(input: Int?, output: Int?, cost: Double?, model: String?)
    case file(path: String, duration: Duration?, state: FileState)
    case error(Trouble)
    case end(exit: Int)
    /// The answer to a request; only where requests are made as JSON.
    case reply(Reply)
  }

  /// What comes out.
  package struct Format: Equatable, Sendable {
    /// Such as `wav`; nil when nothing is written.
    package var file: String?
    /// Hz, where it is known from the start.
    package var rate: Int?

    package init(file: String? = nil, rate: Int? = nil) {
      self.file = file
      self.rate = rate
    }
  }

  /// How long the parts of connecting took; nil is a part that there was not, or that is not known.
  package struct ConnectionTimes: Equatable, Sendable {
    package var name: Duration?
    package var tcp: Duration?
    package var tls: Duration?
    package var upgrade: Duration?
    package var total: Duration?

    package init(_ parts: ConnectTimes = ConnectTimes(), total: Duration? = nil) {
      name = parts.name.map { .milliseconds($0) }
      tcp = parts.tcp.map { .milliseconds($0) }
      tls = parts.tls.map { .milliseconds($0) }
      upgrade = parts.upgrade.map { .milliseconds($0) }
      self.total = total
    }
  }

  package enum FileState: String, CaseIterable, Sendable {
    case complete
    /// Valid, but what it holds ended early.
    case cut
    case failed
  }

  /// What went wrong.
  package struct Trouble: Equatable, Sendable {
    /// A word for the kind, such as `unavailable`.
    package var code: String
    package var message: String
    /// The exit status that this alone would lead to; nil when the program goes on without one.
    package var exit: Int?

    package init(code: String, message: String, exit: Int?) {
      self.code = code
      self.message = message
      self.exit = exit
    }
  }

  /// The answer to a request that is none of the other events.
  package struct Reply: Equatable, Sendable {
    package var operation: String
    package var fields: [Field] = []

    package init(operation: String, fields: [Field] = []) {
      self.operation = operation
      self.fields = fields
    }
  }

  package struct Field: Equatable, Sendable {
    package enum Value: Equatable, Sendable {
      case text(String)
      case number(Double)
      case count(Int)
      case flag(Bool)
      case texts([String])
      case null
    }

    package let name: StaticName
    package var value: Value

    package init(_ name: StaticString, _ value: Value) {
      self.name = StaticName(name)
      self.value = value
    }
  }

  /// A name known when the program was built; two are equal when their letters are.
  package struct StaticName: Equatable, Sendable {
    package let text: StaticString

    init(_ text: StaticString) { self.text = text }

    package static func == (one: StaticName, other: StaticName) -> Bool {
      one.text.description == other.text.description
    }
  }
}
