import KugelWire
import Testing

/// What must hold for every protocol of the registry, present and to come.
@Suite struct ProtocolTests {
  private static let address = EndpointAddress(region: .global)

  /// All that is sent with such settings: the target of the socket, and what opens a turn or a context; or
  /// a request.
  private func sent(_ settings: TurnSettings, by kind: ServiceProtocol) -> String {
    let offer = kind.capabilities.settings
    let kind = kind.way(for: settings, at: .stream).kind
    guard let codec = kind.socket else {
      let request = kind.requests?.request(
        for: "Hi.", settings: settings, form: .samples, at: Self.address)
      return (request?.target ?? "") + String(decoding: request?.body ?? [], as: UTF8.self)
    }
    let target = codec.target(of: .stream, at: Self.address, settings: settings)
    let frame: ClientFrame =
      switch kind.capabilities.turns {
      case .own, .requests: .configuration(settings)
      case .contexts, .connections:
        .opening("c", settings: offer.part(of: settings, for: .nextTurn))
      }
    let messages = [Endpoint.stream, .multi].map { codec.encode(frame, at: $0) ?? [] }
    return target + String(decoding: messages.joined(), as: UTF8.self)
  }

  /// Some value that a setting takes.
  private func sample(of terms: SettingTerms) -> SettingValue? {
    let words: [SettingValue] = [
      .text("anna"), .text("de"), .text("1"), .text("1.5"), .flag(true), .text("150"),
      .text("16000"),
      .text("pcm_16000"), .numbers([60, 70]), .text("sse"), .text("body=1"), .text("bearer"),
    ]
    return words.lazy.compactMap { terms.kind.read($0) }.first
  }

  @Test func `every setting that is taken is sent, under the name that it has on the wire`() throws
  {
    for kind in ProtocolRegistry.all {
      let plain = sent(TurnSettings(), by: kind)
      for terms in kind.capabilities.settings.terms {
        var settings = TurnSettings()
        let value = try #require(sample(of: terms), "\(terms.key.rawValue)")
        settings[terms.key] = value
        let text = sent(settings, by: kind)
        guard let name = terms.wireName else {
          #expect(text == plain, "\(kind.name) \(terms.key.rawValue)")
          continue
        }
        #expect(text != plain, "\(kind.name) \(terms.key.rawValue)")
        // A voice may be a part of the path.
        guard terms.key != .voice || terms.moment != .newConnection else { continue }
        #expect(text.contains("\"\(name)\"") || text.contains("\(name)="), "\(text) \(name)")
      }
    }
  }

  @Test func `what needs another connection is in the address, and nothing else is`() throws {
    for kind in ProtocolRegistry.all {
      guard let codec = kind.socket else { continue }
      let target = { codec.target(of: .stream, at: Self.address, settings: $0) }
      for terms in kind.capabilities.settings.terms where terms.wireName != nil {
        var settings = TurnSettings()
        let value = try #require(sample(of: terms))
        settings[terms.key] = value
        guard kind.way(for: settings, at: .stream).kind.socket != nil else { continue }
        let isInAddress = target(settings) != target(TurnSettings())
        #expect(
          isInAddress == (terms.moment == .newConnection), "\(kind.name) \(terms.key.rawValue)")
      }
    }
  }

  @Test func `turns travel over a socket or in requests, as is said`() {
    for kind in ProtocolRegistry.all.flatMap({ [$0] + $0.alternatives }) {
      #expect((kind.socket == nil) == (kind.capabilities.turns == .requests), "\(kind.name)")
      #expect((kind.requests == nil) == (kind.capabilities.turns != .requests), "\(kind.name)")
    }
  }

  @Test func `names are one protocol's alone`() {
    let all = ProtocolRegistry.all.map(\.capabilities)
    for names in [
      all.map(\.name), all.map(\.title), all.map(\.credentialName), all.flatMap(\.keyVariables),
      all.compactMap(\.addressVariable),
    ] { #expect(Set(names).count == names.count, "\(names)") }
    for service in all {
      #expect(ProtocolRegistry.named(service.name)?.name == service.name)
      #expect(service.settings.name == service.name)
      #expect(!service.keyVariables.isEmpty && !service.keyHeader.isEmpty)
      for region in Region.allCases { #expect(!service.host(in: region).isEmpty) }
      #expect(service.regions.contains(.global))
      #expect(service.contexts > 0 && service.keepAlive > .zero && service.charactersPerTurn > 0)
    }
    #expect(ProtocolRegistry.named("nobody") == nil)
  }

  @Test func `the parts of settings make up the whole`() throws {
    for kind in ProtocolRegistry.all {
      let offer = kind.capabilities.settings
      var settings = TurnSettings()
      for terms in offer.terms where terms.key != .rate { settings[terms.key] = sample(of: terms) }
      settings.speed = 1.1
      var merged = offer.part(of: settings, for: .newConnection)
      merged.merge(offer.part(of: settings, for: .nextTurn))
      #expect(merged == settings)
    }
  }
}
