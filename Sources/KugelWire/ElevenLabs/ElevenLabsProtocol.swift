extension ServiceProtocol {
  /// Source: ElevenLabs notes.
  package static let elevenLabs: ServiceProtocol = {
    let usual = ServiceCapabilities(
      name: SettingOffer.elevenLabs.name, title: "ElevenLabs",
      summary: "the ElevenLabs service, or one that speaks its protocol",
      // The second is what voice agents call it.
      keyVariables: ["ELEVENLABS_API_KEY", "ELEVEN_API_KEY"],
      credentialName: "elevenlabs-api-key",
      hosts: Dictionary(uniqueKeysWithValues: Region.allCases.map { ($0, $0.elevenLabsHost) }),
      keyHeader: "xi-api-key", settings: .elevenLabs, turns: .contexts, takesRequests: false,
      contexts: 5, markup: .named(["break"], when: .readsMarkup),
      schedule: [120, 160, 250, 290])
    // Services that speak like it may have the older of its sockets alone.
    var single = usual
    single.turns = .connections
    single.contexts = 1
    return ServiceProtocol(
      usual, ElevenLabsClient(isMulti: true),
      alternatives: [ServiceProtocol(single, ElevenLabsClient(isMulti: false))])
  }()
}

/// The client's side of a socket.
private struct ElevenLabsClient: SocketCodec {
  /// It takes several contexts.
  let isMulti: Bool

  func accountTarget(at address: EndpointAddress) -> String? {
    address.target("/v1/user/subscription")
  }

  func limits(_ body: [UInt8]) -> [String] {
    ElevenLabsSubscription(body: body).map {
      ["\($0.characterCount) of \($0.characterLimit) characters are used"]
    } ?? []
  }

  func target(
    of endpoint: Endpoint, at address: EndpointAddress, settings: TurnSettings
  ) -> String { address.elevenLabsTarget(settings, isMulti: isMulti) }

  func encode(_ frame: ClientFrame, at endpoint: Endpoint) -> [UInt8]? {
    isMulti ? ElevenLabsCodec.encode(frame) : ElevenLabsCodec.encodeSingle(frame)
  }

  func reader(settings: TurnSettings, defaultRate: Int) -> any ServiceReader {
    ElevenLabsDecoder(format: settings.elevenLabsFormat)
  }

  /// All of them come at once.
  func voicesTarget(
    at address: EndpointAddress, language: String?, count: Int, offset: Int
  ) -> String { address.target("/v1/voices") }

  /// There is no filter of the service's.
  func voices(_ body: [UInt8], language: String?) -> VoicePage? {
    ElevenLabsVoices(body: body).map { list in
      let voices = list.voices.filter { voice in
        language.map { voice.languages.contains($0) } ?? true
      }
      return VoicePage(voices: voices, total: voices.count)
    }
  }

  /// Source: ElevenLabs notes, section 6.6.
  func isVoice(_ name: String) -> Bool {
    name.utf8.count == 20
      && name.unicodeScalars.allSatisfy {
        $0.isASCII && $0.properties.isAlphabetic || "0"..."9" ~= $0
      }
  }
}
