import KugelText

extension ServiceProtocol {
  /// Source: OpenAI notes.
  package static let openAI: ServiceProtocol = {
    var capabilities = ServiceCapabilities(
      name: SettingOffer.openAI.name, title: "OpenAI",
      summary: "a service with OpenAI's speech endpoint, such as Kokoro-FastAPI or LocalAI",
      keyVariables: ["OPENAI_API_KEY"], credentialName: "openai-api-key",
      hosts: [.global: "api.openai.com"], keyHeader: "authorization", settings: .openAI,
      turns: .requests, takesRequests: false, contexts: 20,
      // Tags are acted upon here: pauses are made, and speeds asked for.
      markup: .all, schedule: nil)
    capabilities.keyPrefix = "Bearer "
    capabilities.addressVariable = "OPENAI_BASE_URL"
    capabilities.requestsAtOnce = 2
    return ServiceProtocol(capabilities, OpenAIClient())
  }()
}

private struct OpenAIClient: RequestCodec {
  func forms(_ settings: TurnSettings) -> [SoundForm] { [.samples, .wave] }

  func request(
    for text: String, settings: TurnSettings, form: SoundForm, at address: EndpointAddress
  ) -> SpeechRequestMessage {
    SpeechRequestMessage(
      target: address.openAITarget("/audio/speech"), contentType: "application/json",
      body: OpenAICodec.encode(text, settings: settings, form: form))
  }

  /// Source: OpenAI notes, section 6.
  func refuses(_ form: SoundForm, status: Int, body: [UInt8]) -> Bool {
    guard form == .samples, status == 400 || status == 422 else { return false }
    return OpenAICodec.namesFormat(body)
  }

  func reader(
    _ head: SoundHead, form: SoundForm, settings: TurnSettings, rate: Int
  ) -> any SpeechReplyReader {
    head.mediaType == "text/event-stream"
      ? OpenAIEventReader(rate: rate) : SoundBody(head, rate: rate)
  }

  /// All of them come at once.
  func voicesTarget(
    at address: EndpointAddress, language: String?, count: Int, offset: Int
  ) -> String { address.openAITarget("/audio/voices") }

  /// Nobody says who speaks what.
  func voices(_ body: [UInt8], language: String?) -> VoicePage? {
    OpenAIVoices(body: body).map { VoicePage(voices: $0.voices, total: $0.voices.count) }
  }

  var unlistedVoices: [Voice]? { OpenAIVoices(names: OpenAIVoices.usual).voices }

  /// Mixtures and voices of one's own are in no list.
  func isVoice(_ name: String) -> Bool {
    OpenAIVoices.usual.contains(name) || name.hasPrefix("voice_")
      || name.contains { "+()".contains($0) }
  }

  func modelsTarget(at address: EndpointAddress) -> String { address.openAITarget("/models") }

  /// Where there is no list of voices there is one of models.
  func questionTarget(at address: EndpointAddress) -> String { modelsTarget(at: address) }
}
