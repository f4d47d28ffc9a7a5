import KugelWire

// What the protocol of a service is called where users meet it.
extension Dialect {
  /// The variable of the environment that may hold the key.
  package var keyVariable: String {
    switch self {
    case .kugelAudio: "KUGELAUDIO_API_KEY"
    case .elevenLabs: "ELEVENLABS_API_KEY"
    }
  }

  /// The systemd credential that may hold it.
  package var credentialName: String {
    switch self {
    case .kugelAudio: "kugelaudio-api-key"
    case .elevenLabs: "elevenlabs-api-key"
    }
  }

  package var keyAdvice: String {
    "Name a file that holds it: --key-file FILE; or set \(keyVariable)."
  }

  package var engine: EngineName {
    switch self {
    case .kugelAudio: .kugel
    case .elevenLabs: .elevenlabs
    }
  }

  /// Whether it is a voice's own id, so that nothing has to be looked up.
  ///
  /// Source: ElevenLabs notes, section 6.6.
  package func isVoice(_ name: String) -> Bool {
    self == .elevenLabs && name.utf8.count == 20
      && name.unicodeScalars.allSatisfy {
        $0.isASCII && $0.properties.isAlphabetic || "0"..."9" ~= $0
      }
  }
}
