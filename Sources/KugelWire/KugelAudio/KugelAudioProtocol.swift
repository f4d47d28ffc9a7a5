extension ServiceProtocol {
  /// Source: protocol notes of KugelAudio.
  package static let kugelAudio: ServiceProtocol = {
    var capabilities = ServiceCapabilities(
      name: SettingOffer.kugelAudio.name, title: "KugelAudio",
      summary: "a KugelAudio service: in the cloud, your own, or kugel serve",
      keyVariables: ["KUGELAUDIO_API_KEY"], credentialName: "kugelaudio-api-key",
      hosts: Dictionary(uniqueKeysWithValues: Region.ofKugelAudio.map { ($0, $0.host) }),
      keyHeader: "authorization", settings: .kugelAudio, turns: .own, takesRequests: true,
      contexts: 20, markup: .all, schedule: nil)
    capabilities.keyPrefix = "Bearer "
    capabilities.addressVariable = "KUGELAUDIO_API_URL"
    return ServiceProtocol(capabilities, KugelAudioClient())
  }()
}

/// The client's side of `KugelCodec`.
private struct KugelAudioClient: SocketCodec {
  func target(
    of endpoint: Endpoint, at address: EndpointAddress, settings: TurnSettings
  ) -> String { address.target(of: endpoint) }

  func encode(_ frame: ClientFrame, at endpoint: Endpoint) -> [UInt8]? {
    KugelCodec.encode(frame, at: endpoint)
  }

  func reader(settings: TurnSettings, defaultRate: Int) -> any ServiceReader {
    Reader(defaultRate: defaultRate)
  }

  func voicesTarget(
    at address: EndpointAddress, language: String?, count: Int, offset: Int
  ) -> String {
    var query = [("limit", "\(count)"), ("offset", "\(offset)")]
    if let language { query.append(("language", language)) }
    return address.target("/v1/voices", query: query)
  }

  func voices(_ body: [UInt8], language: String?) -> VoicePage? { VoicePage(body: body) }

  /// Its ids are numbers.
  func isVoice(_ name: String) -> Bool { false }

  private struct Reader: ServiceReader {
    let defaultRate: Int

    mutating func decode(_ message: [UInt8], audio: inout AudioDecoder) -> ServiceDecoding {
      KugelCodec.decodeServiceFrame(message, audio: &audio, defaultRate: defaultRate)
    }
  }
}
