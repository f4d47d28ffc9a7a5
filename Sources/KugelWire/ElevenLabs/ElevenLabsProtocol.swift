extension ServiceProtocol {
  /// Source: ElevenLabs notes.
  package static let elevenLabs: ServiceProtocol = {
    var usual = ServiceCapabilities(
      name: SettingOffer.elevenLabs.name, title: "ElevenLabs",
      summary: "the ElevenLabs service, or one that speaks its protocol",
      // The second is what voice agents call it.
      keyVariables: ["ELEVENLABS_API_KEY", "ELEVEN_API_KEY"],
      credentialName: "elevenlabs-api-key",
      hosts: Dictionary(uniqueKeysWithValues: Region.allCases.map { ($0, $0.elevenLabsHost) }),
      keyHeader: "xi-api-key", settings: .elevenLabs, turns: .contexts, takesRequests: true,
      contexts: 5, markup: .named(["break"], when: .readsMarkup),
      schedule: [120, 160, 250, 290])
    usual.modelsOfRequests = ["eleven_v3", "eleven_v4"]
    // Services that speak like it may have the older of its sockets alone.
    var single = usual
    single.turns = .connections
    single.contexts = 1
    var calls = usual
    calls.turns = .requests
    calls.settings = .elevenLabs.inRequests
    calls.contexts = 20
    // Tags are acted upon here: pauses are made, and speeds asked for.
    calls.markup = .all
    calls.requestsAtOnce = 2
    calls.costHeader = "character-cost"
    // The first sentence at once; what is said in one breath sounds better.
    calls.schedule = [1, 120, 250, 290]
    let inRequests = ServiceProtocol(calls, ElevenLabsCalls())
    return ServiceProtocol(
      usual, ElevenLabsSockets(isMulti: true),
      alternatives: [
        ServiceProtocol(single, ElevenLabsSockets(isMulti: false), alternatives: [inRequests]),
        inRequests,
      ])
  }()
}

/// What a service is asked about itself, however it speaks.
private protocol ElevenLabsPages: ServiceCodec {}

extension ElevenLabsPages {
  func accountTarget(at address: EndpointAddress) -> String? {
    address.target("/v1/user/subscription")
  }

  func limits(_ body: [UInt8]) -> [String] {
    ElevenLabsSubscription(body: body).map {
      ["\($0.characterCount) of \($0.characterLimit) characters are used"]
    } ?? []
  }

  /// All of them come at once.
  func voicesTarget(
    at address: EndpointAddress, language: String?, count: Int, offset: Int
  ) -> String { address.target("/v1/voices") }

  /// There is no filter of the service's. One that speaks several protocols tells them apart by the header of a
  /// key, and without one may answer in KugelAudio's words.
  func voices(_ body: [UInt8], language: String?) -> VoicePage? {
    (ElevenLabsVoices(body: body)?.voices ?? VoicePage(body: body)?.voices).map { all in
      let voices = all.filter { voice in language.map { voice.languages.contains($0) } ?? true }
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

/// The client's side of a socket.
private struct ElevenLabsSockets: SocketCodec, ElevenLabsPages {
  /// It takes several contexts.
  let isMulti: Bool

  func target(
    of endpoint: Endpoint, at address: EndpointAddress, settings: TurnSettings
  ) -> String { address.elevenLabsTarget(settings, isMulti: isMulti) }

  func encode(_ frame: ClientFrame, at endpoint: Endpoint) -> [UInt8]? {
    isMulti ? ElevenLabsCodec.encode(frame) : ElevenLabsCodec.encodeSingle(frame)
  }

  func reader(settings: TurnSettings, defaultRate: Int) -> any ServiceReader {
    ElevenLabsDecoder(format: settings.elevenLabsFormat)
  }
}

/// The calls that stream, with the times of characters and without.
private struct ElevenLabsCalls: RequestCodec, ElevenLabsPages {
  func forms(_ settings: TurnSettings) -> [SoundForm] {
    settings.wordTimestamps == false ? [.samples] : [.timed, .samples]
  }

  func request(
    for text: String, settings: TurnSettings, form: SoundForm, at address: EndpointAddress
  ) -> SpeechRequestMessage {
    SpeechRequestMessage(
      target: address.elevenLabsCall(settings, hasTimes: form == .timed),
      contentType: "application/json", body: ElevenLabsCodec.encodeCall(text, settings: settings))
  }

  /// Services that speak like it may not have the call with times: none of them says so of a voice.
  func refuses(_ form: SoundForm, status: Int, body: [UInt8]) -> Bool {
    form == .timed && isMissing(status: status, ServiceError(httpBody: body, status: status))
  }

  func isMissing(status: Int, _ error: ServiceError?) -> Bool {
    [404, 405, 501].contains(status) && error?.name.contains("voice") != true
  }

  func reader(
    _ head: SoundHead, form: SoundForm, settings: TurnSettings, rate: Int
  ) -> any SpeechReplyReader {
    let format = settings.elevenLabsFormat
    if form == .timed { return ElevenLabsLineReader(format) }
    return format.encoding == .pcm16
      ? SoundBody(head, rate: format.rate) : TelephoneReader(format: format)
  }
}
