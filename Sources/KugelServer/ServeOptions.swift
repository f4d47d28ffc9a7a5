import KugelServiceCore
import KugelTransport
import KugelWire

/// Everything that decides how a server behaves, with its defaults.
package struct ServeOptions: Sendable {
  /// Certificate chain and private key, PEM files.
  package struct TLS: Equatable, Sendable {
    package var certificate: String
    package var key: String

    package init(certificate: String, key: String) {
      self.certificate = certificate
      self.key = key
    }
  }

  package var listen = ListenAddress()
  /// A socket that listens already; `listen` is then its address.
  package var passed: PassedSocket? {
    didSet {
      guard let passed else { return }
      listen = ListenAddress(host: passed.host, port: passed.port)
      socketPath = passed.path
    }
  }
  /// Of a socket of this machine for its user alone, in place of `listen`. Who comes that way is spoken
  /// with as in one process: all that the engine can do is taken.
  package var socketPath: String? {
    didSet { if socketPath != nil { listen = ListenAddress(host: "localhost", port: 0) } }
  }
  package var tls: TLS?
  /// Nil asks nobody for a key, which is allowed on loopback only.
  package var keys: [String]?
  package var allowedOrigins: [String] = []
  /// Names that clients may use for a service on loopback, besides its own; `*` is all.
  package var allowedHosts: [String] = []
  package var voiceMap: [VoiceMapping] = []
  /// Where dictionaries are kept; nil keeps them in memory.
  package var dictionaryFile: String?
  /// Bytes of one message or request body; a longer message ends with 1009, a longer body with 413.
  package var maximumMessage = 1 << 20
  /// Texts that are spoken at the same time, each in a process where the engine has some; nil: as many as
  /// suit the engine and the machine's cores.
  package var engineProcesses: Int?
  /// What the engine understands alone, by its own names.
  package var engineOptions: [String: String] = [:]
  /// Unicode scalars of one turn.
  package var maximumCharacters = RequestValidator.maximumCharacters
  /// Of one text at OpenAI's endpoint.
  package var openAICharacters = OpenAIDoor.usualCharacters
  /// Open connections of all kinds; the next is refused with 503.
  package var maximumConnections = 1000
  /// Of those, from one IPv4 address or IPv6 network (/64); the next is refused with 429. Nil allows
  /// `usualPerAddress`, and this machine all there are: a proxy on it speaks for many.
  package var maximumPerAddress: Int?
  package static let usualPerAddress = 100
  /// Turns and requests under way; the next is refused with 429.
  package var maximumTurns = 1000
  /// A WebSocket without a turn or a message for so long is closed with 1000; nil waits for ever.
  package var idleTimeout: Duration? = .seconds(3600)
  /// A client that takes nothing of what waits for it for so long is cut off.
  package var sendTimeout: Duration = .seconds(30)
  /// Seconds of audio made before what the client took.
  package var ahead = 10.0
  /// How long a drain waits for the turns under way.
  package var drainTimeout: Duration = .seconds(30)
  package var faults = FaultPlan()
  /// Whether it is said which clients have their texts spoken in pieces.
  package var lints = false
  /// Whose dictionaries count for requests that name no project.
  package var projectDefault: Int?

  package init() {}
}

/// Why a server could not start.
package enum ServeError: Error, Equatable, Sendable {
  /// Anybody could use it: an address beyond loopback without keys.
  case needsKeys(address: String)
  /// A voice map names somebody whom the engine does not know.
  case unknownVoice(String, line: Int)
  case dictionaries(file: String, cause: String)
  case engine(cause: String)
  case listening(address: String, cause: String)
  case tls(cause: String)
}
