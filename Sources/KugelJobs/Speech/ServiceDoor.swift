import Glibc
import KugelClient
import KugelConnections
import KugelSession
import KugelSystem
import KugelText
import KugelTransport
import KugelWire

/// The service that a request means, with its key read.
package struct ServiceDoor {
  package let service: RemoteService
  private let request: ServiceRequest

  /// - Throws: 64 for an address that is none, 77 without a key where one is needed.
  package init(_ request: ServiceRequest, host: Host) throws(UserError) {
    self.request = request
    let warn = { (text: String) in host.tell("kugel: warning: \(text)") }
    let kind = request.kind.capabilities
    guard request.key != nil || request.url != nil else {
      throw UserError(
        .refused, "the engine \(kind.name) needs a key for the service",
        hint: (request.withheldKeys + [kind.keyAdvice]).joined(separator: " "))
    }
    let key: APIKey? =
      if let source = request.key { try source.read(for: kind, warn: warn) } else { nil }
    let address: EndpointAddress
    do {
      address = try EndpointAddress.resolve(
        url: request.url, region: request.region?.rawValue, key: key, of: request.kind)
    } catch {
      guard request.url != nil else { throw UserError.usage(error.description).about("region") }
      throw .usage(
        "the address of the service cannot be used: \(error.description)",
        hint: "It comes from "
          + (["--url"] + ProtocolRegistry.all.compactMap(\.capabilities.addressVariable))
          .joined(separator: ", ") + " or the configuration."
      ).about("url")
    }
    // On this machine a key goes to nobody else.
    if let remark = request.keyRemark, !address.isLoopback { host.tell("kugel: \(remark)") }
    if key != nil && !address.isSecure && !address.isLoopback {
      warn("the key travels unencrypted to \(address); better: https")
    }
    if let file = request.authorities, unsafe access(file.nameBytes, R_OK) != 0 {
      throw .unreadable(file, cause: SystemError.latest.cause).about("ca")
    }
    let environment = { (names: [String]) in
      Dictionary(
        uniqueKeysWithValues: names.compactMap { name in host.variable(name).map { (name, $0) } })
    }
    var service = RemoteService(
      request.kind, address: address, key: key, agent: "kugel/\(Release.version)",
      trust: TrustOptions(
        extraFile: request.authorities, environment: environment(["SSL_CERT_FILE", "SSL_CERT_DIR"])),
      proxies: ProxySettings(environment: environment(ProxySettings.variables)))
    service.credential = request.credential
    self.service = service
  }

  package func voices(language: String? = nil, limit: Int = .max) throws -> [Voice] {
    do {
      return try service.voices(language: language.map(LanguageCode.spoken), limit: limit)
    } catch {
      throw explain(.service(error))
    }
  }

  package func models() throws -> [String] {
    do {
      return try service.models()
    } catch {
      throw explain(.service(error))
    }
  }

  package func settings(for request: SpeechRequest) throws -> TurnSettings {
    var settings = request.settings
    settings.language = request.language.map(LanguageCode.spoken)
    settings.voice = try voice(for: request)
    settings.adopt(request.preset)
    return settings
  }

  /// Services take numbers and handles; names are looked up, and without any the first voice for the
  /// language speaks.
  private func voice(for request: SpeechRequest) throws -> VoiceReference {
    guard let reference = request.voice else {
      guard let first = try voices(language: request.language, limit: 1).first else {
        throw UserError.usage(
          "the service has no voice" + (request.language.map { " for the language \($0)" } ?? ""),
          hint: service.capabilities.voicesAdvice
        ).about("lang")
      }
      return first.reference
    }
    guard case .handle(let name) = reference, !service.kind.codec.isVoice(name) else {
      return reference
    }
    switch VoiceCatalogue(try voices()).find(reference) {
    case .found(let voice): return voice.reference
    // The service may know handles that it does not list.
    case .unknown: return reference
    case .ambiguous(let voices):
      throw UserError.ambiguousVoice(reference, candidates: voices).about("voice")
    }
  }

  /// Says where a key that was refused came from, and where to look for what was not found.
  package func explain(_ failure: SessionFailure) -> any Error {
    guard case .service(let reason) = failure, let hint = hint(about: reason.kind) else {
      return failure
    }
    var error = UserError(telling: failure)
    error.hint = hint
    return error
  }

  private func hint(about kind: ServiceFailure.Kind) -> String? {
    switch kind {
    case .refused:
      let advice = service.capabilities.keyAdvice
      return request.key.map { "The key came from \($0.place). " + advice }
        ?? (["No key was given."] + request.withheldKeys + [advice]).joined(separator: " ")
    case .notFound where service.capabilities.hasVoicePerConnection:
      return service.capabilities.voicesAdvice
    case .notFound where service.capabilities.turns == .requests:
      return service.capabilities.voicesAdvice
        + " And its models: kugel say -e \(service.capabilities.name) -m '?'"
    case .noSuchPath, .protocolViolation:
      let title = service.capabilities.title
      let article = title.first.map { "AEIOU".contains($0) } == true ? "an" : "a"
      return "Check the address given with --url, and that it is \(article) \(title) service."
    default: return nil
    }
  }
}

extension EndpointAddress {
  package var isLoopback: Bool {
    host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || host.hasPrefix("127.")
  }
}
