import KugelText

/// A protocol that services elsewhere speak: what they can do, and how it is said.
package struct ServiceProtocol: Sendable {
  package let capabilities: ServiceCapabilities
  package let codec: any ServiceCodec
  /// How else it may be spoken with, best first: where a service refuses to open the usual socket, the
  /// next one is asked for.
  package let alternatives: [ServiceProtocol]

  package init(
    _ capabilities: ServiceCapabilities, _ codec: any ServiceCodec,
    alternatives: [ServiceProtocol] = []
  ) {
    self.capabilities = capabilities
    self.codec = codec
    self.alternatives = alternatives
  }

  /// What `--engine` calls it.
  package var name: String { capabilities.name }

  /// How turns travel over a socket; nil where there is none.
  package var socket: (any SocketCodec)? { codec as? any SocketCodec }
  /// How turns travel in requests; nil where they do not.
  package var requests: (any RequestCodec)? { codec as? any RequestCodec }
}

extension ServiceProtocol: Equatable {
  package static func == (one: ServiceProtocol, other: ServiceProtocol) -> Bool {
    one.name == other.name
  }
}

/// What a service is asked about itself. How it is spoken with, `SocketCodec` or `RequestCodec` says.
package protocol ServiceCodec: Sendable {
  /// The request target of a page of the voices.
  ///
  /// - Parameters:
  ///   - language: only those that speak it.
  ///   - count: at most so many, 1...100.
  ///   - offset: voices before the page.
  func voicesTarget(
    at address: EndpointAddress, language: String?, count: Int, offset: Int
  ) -> String

  /// - Returns: nil when `body` is no such page.
  func voices(_ body: [UInt8], language: String?) -> VoicePage?

  /// Those that are known of services that list none; nil where all do.
  var unlistedVoices: [Voice]? { get }

  /// Whether it is a voice's own id, so that nothing has to be looked up.
  func isVoice(_ name: String) -> Bool

  /// The request target of the list of models.
  func modelsTarget(at address: EndpointAddress) -> String

  /// The request target that tells how much an account may still speak; nil where there is none.
  func accountTarget(at address: EndpointAddress) -> String?

  /// What such an answer says, for people, one thing a line; empty when it says nothing.
  func limits(_ body: [UInt8]) -> [String]

  /// What is asked to see whether the service answers, and takes the key.
  func questionTarget(at address: EndpointAddress) -> String
}

extension ServiceCodec {
  package var unlistedVoices: [Voice]? { nil }
  package func modelsTarget(at address: EndpointAddress) -> String { address.target("/v1/models") }

  /// For services that tell nothing of an account.
  package func accountTarget(at address: EndpointAddress) -> String? { nil }
  package func limits(_ body: [UInt8]) -> [String] { [] }

  package func questionTarget(at address: EndpointAddress) -> String {
    accountTarget(at: address) ?? voicesTarget(at: address, language: nil, count: 1, offset: 0)
  }
}

/// Between a protocol's own words and our messages, on the client's side of a socket.
package protocol SocketCodec: ServiceCodec {
  /// The request target of the socket over which turns travel.
  ///
  /// - Parameter settings: of the turns; what a socket keeps for all of them may be in its address.
  func target(
    of endpoint: Endpoint, at address: EndpointAddress, settings: TurnSettings
  ) -> String

  /// One message; nil when the protocol has no words for anything in the frame.
  func encode(_ frame: ClientFrame, at endpoint: Endpoint) -> [UInt8]?

  /// Reads the messages of one socket.
  ///
  /// - Parameters:
  ///   - settings: those the socket was opened with; they say how audio travels where messages do not.
  ///   - defaultRate: Hz of audio that does not say.
  func reader(settings: TurnSettings, defaultRate: Int) -> any ServiceReader
}

/// Reads the messages of one socket.
package protocol ServiceReader: Sendable {
  /// - Parameter audio: half samples wait in it.
  mutating func decode(_ message: [UInt8], audio: inout AudioDecoder) -> ServiceDecoding
}
