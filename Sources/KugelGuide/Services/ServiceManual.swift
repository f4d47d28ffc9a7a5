import KugelWire

/// What pages tell of the keys of services.
package enum ServiceManual {
  private static let usual = ProtocolRegistry.usual.capabilities

  /// Where the key of the usual service is looked for last.
  package static let lastPlaces =
    "the systemd credential `\(usual.credentialName)`, `\(usual.keyVariables[0])`"

  /// And where those of the others are, in whole sentences.
  package static let others = ProtocolRegistry.all.map(\.capabilities).filter {
    $0.name != usual.name
  }
  .map {
    "For `\($0.name)` the last two are `\($0.credentialName)` and `\($0.keyVariables[0])`."
  }
}
