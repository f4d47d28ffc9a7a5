/// The protocols that services elsewhere may speak. Another one is a folder, and a line here.
package enum ProtocolRegistry {
  /// The first speaks where a key or an address is known and nothing else is named.
  package static let all: [ServiceProtocol] = [
    .kugelAudio,
    .elevenLabs,
    .openAI,
  ]

  package static var usual: ServiceProtocol { all[0] }

  package static func named(_ name: String) -> ServiceProtocol? { all.first { $0.name == name } }
}
