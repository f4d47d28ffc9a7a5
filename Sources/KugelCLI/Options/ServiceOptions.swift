import Glibc
import KugelJobs
import KugelSession
import KugelWire

/// Which service speaks, and how patient to be with it.
package struct ServiceOptions: OptionGroup {
  package var url: String? { didSet { urls = [:] } }
  /// Of the services that have a variable for it, by their names; stronger than `url`.
  private var urls: [String: String] = [:]
  package var region: Region?
  package var keyFile: String?
  package var keyDescriptor: Int?
  package var keyCommand: String?
  /// By the variable that holds it.
  private var environmentKeys: [String: Secret] = [:]
  package var credentials: String?
  package var authorities: String?
  package var timeouts = Timeouts()
  package var retries: Int?
  package var onDrop: SessionPolicy.OnDrop?
  /// Read by the parser, before everything else.
  private var profile: String?
  private var configuration: String?

  package init() {}
  package static let heading = "Service"
  package static var flags: [Flag<ServiceOptions>] {
    [
      address.configurable,
      .choice("region", nil, "REGION", \.region, help: "region of the service").configurable,
      .text("key-file", nil, "FILE", \.keyFile, help: "read the key for the service from FILE")
        .detail("The first line counts. No option takes the key itself: others could see it.")
        .choices(.file).configurable,
      .integer(
        "key-fd", nil, "N", \.keyDescriptor, in: 0...65_535,
        help: "read the key from descriptor N"),
      .text("ca", nil, "FILE", \.authorities, help: "trust the authorities in FILE (PEM) too")
        .choices(.file).configurable,
      timeout.configurable,
      .integer(
        "retries", nil, "N", \.retries, in: 0...100,
        help: "tries after a connection that failed, 0 to 100; 3"
      )
      .detail("They pause 0.1, 0.5, then 2 seconds, or as long as the service asks.").configurable,
      .choice("on-drop", nil, "HOW", \.onDrop, help: "when the connection breaks within the sound")
        .configurable,
      .text("profile", nil, "NAME", \.profile, help: "use the section NAME of the configuration")
        .variable("KUGEL_PROFILE"),
      .text("config", nil, "FILE", \.configuration, help: "read FILE, and no other configuration")
        .variable("KUGEL_CONFIG").choices(.file),
    ] + hidden
  }

  private static var address: Flag<ServiceOptions> {
    Flag(
      FlagSpec(long: "url", short: nil, value: .required("URL"), help: "address of the service")
    ) { target, input in
      guard case .value(let text) = input else { return }
      target.url = text
    }
    .detail(
      "`https`, `http`, `wss` or `ws`; a path is kept. "
        + "Without it, the service of the region speaks. "
        + "Naming an address chooses the engine `\(ProtocolRegistry.usual.name)`, unless `-e` names "
        + "another."
        + ProtocolRegistry.all.map(\.capabilities).compactMap { service in
          service.addressVariable.map {
            " Of a \(service.title) service the default comes from `\($0)`."
          }
        }.joined())
  }

  private static var timeout: Flag<ServiceOptions> {
    Flag(
      FlagSpec(
        long: "timeout", short: nil, value: .required("STAGE=TIME"),
        help: "how long each stage may take")
    ) { (target, input) throws(BadValue) in
      guard case .value(let text) = input else { return }
      target.timeouts.merge(try Timeouts(text))
    }
    .detail("Several with commas: `connect=5s,first=10s,stall=10s,total=none,cancel=5s`.")
    .choices(.fixed(Timeouts.choices))
  }

  /// What the environment or the configuration says, and no command line.
  private static var hidden: [Flag<ServiceOptions>] {
    let why =
      "a key on the command line could be seen by every user of this computer"
    let usual = ProtocolRegistry.usual.capabilities.keyVariables[0]
    let hint = "Put it into a file: --key-file FILE; or set \(usual)."
    return ProtocolRegistry.all.map(\.capabilities).flatMap(ofEnvironment).map { flag in
      flag.spec.refusal == nil ? flag.refused(why, hint: hint) : flag
    } + [
      Flag(FlagSpec(long: "key", short: nil, value: .required("KEY"), help: "the key")) { _, _ in }
        .refused(why, hint: hint),
      Flag(FlagSpec(long: "api-key", short: nil, value: .required("KEY"), help: "the key")) {
        _, _ in
      }.refused(why, hint: hint),
      .text(
        "key-command", nil, "COMMAND", \.keyCommand,
        help: "command whose first line of output is the key"
      )
      .refused("key_command belongs in the configuration file", hint: "kugel help configuration")
      .configurable,
      .text(
        "credentials-directory", nil, "DIR", \.credentials,
        help: "where systemd puts the credentials "
          + ProtocolRegistry.all.map(\.capabilities.credentialName).joined(separator: " and ")
      ).variable("CREDENTIALS_DIRECTORY").refused("this belongs to systemd", hint: nil),
    ]
  }

  /// The variables of one service: its address, and its key; their names are no options.
  private static func ofEnvironment(_ service: ServiceCapabilities) -> [Flag<ServiceOptions>] {
    var flags: [Flag<ServiceOptions>] = []
    if let variable = service.addressVariable {
      let spec = FlagSpec(
        long: option(variable), short: nil, value: .required("URL"),
        help: "address of a \(service.title) service")
      flags.append(
        Flag(spec) { target, input in
          if case .value(let text) = input { target.urls[service.name] = text }
        }.variable(variable).refused("the option for it is --url", hint: nil))
    }
    for variable in service.keyVariables {
      let other = variable == service.keyVariables[0] ? "" : ", where the other is not set"
      let spec = FlagSpec(
        long: option(variable), short: nil, value: .required("KEY"),
        help: "the key for \(service.title)\(other)")
      flags.append(
        Flag(spec) { target, input in
          if case .value(let text) = input { target.environmentKeys[variable] = Secret(text) }
        }.variable(variable))
    }
    return flags
  }

  private static func option(_ variable: String) -> String {
    String(variable.lowercased().map { $0 == "_" ? "-" : $0 })
  }

  /// Where the key comes from, if there is one.
  package func key(
    for service: ServiceCapabilities = ProtocolRegistry.usual.capabilities
  ) -> KeySource? {
    if let keyDescriptor { return .descriptor(CInt(keyDescriptor)) }
    if let keyFile { return .file(keyFile) }
    if let keyCommand { return .command(keyCommand) }
    if let credentials {
      let path = credentials + "/" + service.credentialName
      if unsafe access(path, R_OK) == 0 { return .credential(path) }
    }
    for variable in service.keyVariables {
      if let key = environmentKeys[variable] { return .environment(key, variable: variable) }
    }
    return nil
  }

  /// A key or an address has no other use than to speak with it.
  package var isMeant: Bool {
    url != nil || urls[ProtocolRegistry.usual.name] != nil || key() != nil
  }

  /// Whether an address or a key was given that says not which service it is of.
  package var isForAnyService: Bool {
    keyFile != nil || keyDescriptor != nil || keyCommand != nil || url != nil
  }

  package func request(_ kind: ServiceProtocol = ProtocolRegistry.usual) -> ServiceRequest {
    var request = ServiceRequest(kind)
    request.url = urls[kind.name] ?? url
    request.region = region
    request.key = key(for: kind.capabilities)
    request.authorities = authorities
    request.policy.contextLimit = kind.capabilities.contexts
    request.policy.charactersPerTurn = kind.capabilities.charactersPerTurn
    request.policy.keepAlive = kind.capabilities.keepAlive
    timeouts.apply(to: &request.policy)
    if let retries { request.policy.retries = retries }
    if let onDrop { request.policy.onDrop = onDrop }
    return request
  }
}

extension Region: ChoiceValue {
  package var meaning: String {
    switch self {
    case .eu: "served from the European Union"
    case .us: "the usual address"
    case .global: "the usual address; the default"
    }
  }
}

extension SessionPolicy.OnDrop: ChoiceValue {
  package var meaning: String {
    switch self {
    case .resume: "go on with the first word not yet received; the default"
    case .restart: "speak the text again from its start"
    case .fail: "give up"
    }
  }
}
