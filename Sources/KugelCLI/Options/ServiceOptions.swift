import Glibc
import KugelJobs
import KugelSession
import KugelSystem
import KugelWire

/// Which service speaks, and how patient to be with it.
package struct ServiceOptions: OptionGroup {
  /// What was said of addresses and keys, and where.
  package var rule = KeyRule()
  package var region: Region?
  package var authorities: String?
  package var timeouts = Timeouts()
  package var retries: Int?
  package var onDrop: SessionPolicy.OnDrop?
  /// Read by the parser, before everything else.
  private var profile: String?
  private var configuration: String?

  /// The files that are read.
  package var configurationChoice: ConfigurationChoice {
    ConfigurationChoice(file: configuration, profile: profile)
  }

  package init() {}
  package static let heading = "Service"
  package static var flags: [Flag<ServiceOptions>] {
    [
      address.configurable.entering { $0.rule.enter($1) },
      .choice("region", nil, "REGION", \.region, help: "region of the service").configurable,
      given("key-file", "FILE", help: "read the key for the service from FILE") { .file($0) }
        .detail("The first line counts. No option takes the key itself: others could see it.")
        .choices(.file).configurable,
      given("key-fd", "N", help: "read the key from descriptor N") { (text) throws(BadValue) in
        guard let number = CInt(text), (0...65_535).contains(number) else {
          throw BadValue(expected: "0 to 65535")
        }
        return .descriptor(number)
      },
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
      target.rule.name(address: text)
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
    .detail(
      "Several with commas: `connect=5s,first=10s,stall=10s,total=none,cancel=5s`. Of programs that speak here "
        + "only those limits count that are given."
    )
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
        .secret.refused(why, hint: hint),
      Flag(FlagSpec(long: "api-key", short: nil, value: .required("KEY"), help: "the key")) {
        _, _ in
      }.secret.refused(why, hint: hint),
      given("key-command", "COMMAND", help: "command whose first line of output is the key") {
        .command($0)
      }
      .refused("key_command belongs in the configuration file", hint: "kugel help configuration")
      .configurable,
      Flag(
        FlagSpec(
          long: "credentials-directory", short: nil, value: .required("DIR"),
          help: "where systemd puts the credentials "
            + ProtocolRegistry.all.map(\.capabilities.credentialName).joined(separator: " and "))
      ) { target, input in
        guard case .value(let folder) = input else { return }
        for service in ProtocolRegistry.all {
          let path = folder + "/" + service.capabilities.credentialName
          guard unsafe access(path.nameBytes, R_OK) == 0 else { continue }
          target.rule.give(.credential(path), of: service.name)
        }
      }.variable("CREDENTIALS_DIRECTORY").refused("this belongs to systemd", hint: nil),
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
          if case .value(let text) = input { target.rule.name(address: text, of: service.name) }
        }.variable(variable).refused("the option for it is --url", hint: nil))
    }
    for variable in service.keyVariables {
      let other = variable == service.keyVariables[0] ? "" : ", where the other is not set"
      let spec = FlagSpec(
        long: option(variable), short: nil, value: .required("KEY"),
        help: "the key for \(service.title)\(other)")
      flags.append(
        Flag(spec) { target, input in
          guard case .value(let text) = input else { return }
          target.rule.give(.environment(Secret(text), variable: variable), of: service.name)
        }.variable(variable).secret)
    }
    return flags
  }

  private static func option(_ variable: String) -> String {
    String(variable.lowercased().map { $0 == "_" ? "-" : $0 })
  }

  /// A key that says not which service it is of.
  private static func given(
    _ long: String, _ placeholder: String, help: String,
    _ source: @escaping (String) throws(BadValue) -> KeySource
  ) -> Flag<ServiceOptions> {
    Flag(FlagSpec(long: long, short: nil, value: .required(placeholder), help: help)) {
      (target, input) throws(BadValue) in
      guard case .value(let text) = input, !text.isEmpty else {
        throw BadValue(expected: "a value that is not empty")
      }
      target.rule.give(try source(text))
    }
  }

  /// Where the key comes from, if there is one.
  package func key(for service: ServiceProtocol = ProtocolRegistry.usual) -> KeySource? {
    rule.choice(for: service).key
  }

  /// A key or an address has no other use than to speak with it.
  package var isMeant: Bool {
    let choice = rule.choice(for: ProtocolRegistry.usual)
    return choice.key != nil || choice.address != nil
  }

  /// Whether an address or a key was given that says not which service it is of.
  package var isForAnyService: Bool { openOption != nil }
  package var openOption: String? { rule.openOption }

  package func request(_ kind: ServiceProtocol = ProtocolRegistry.usual) -> ServiceRequest {
    var request = ServiceRequest(kind)
    let choice = rule.choice(for: kind)
    request.url = choice.address
    request.region = region
    request.key = choice.key
    request.keyRemark = choice.remark
    request.withheldKeys = choice.withheld
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
    case .india: "served from India, by services that are there"
    case .singapore: "served from Singapore, by services that are there"
    case .preview: "served from wherever is nearest, where a service tries that"
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
