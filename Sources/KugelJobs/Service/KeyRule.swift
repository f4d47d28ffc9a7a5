import KugelWire

/// Who gave a value: weaker layers come first.
package struct OptionLayer: Equatable, Sendable {
  package enum Place: Equatable, Sendable {
    /// A configuration file, or one of its sections.
    case file(String, section: String?)
    case environment
    case commandLine
  }

  package let place: Place

  package init(_ place: Place) { self.place = place }

  /// For messages: where to look.
  package var description: String {
    switch place {
    case .file(let path, nil): path
    case .file(let path, let section?): "[\(section)] in \(path)"
    case .environment: "the environment"
    case .commandLine: "the command line"
    }
  }

  /// Environment and command line are said for one call, by whoever makes it.
  var isOfThisCall: Bool {
    switch place {
    case .file: false
    case .environment, .commandLine: true
    }
  }
}

/// Which key goes where.
///
/// A key belongs to the service and the layer that it was given for: it goes to no other service, and not to
/// an address that a stronger layer names, but for the environment's, which may go to an address on the same
/// command line and says so. Pure.
package struct KeyRule: Equatable, Sendable {
  /// What one layer says.
  struct Layer: Equatable, Sendable {
    var layer: OptionLayer
    /// Who is to speak.
    var engine: EngineName?
    /// Of the service that the layer is about.
    var address: String?
    /// Of services by their names, whoever speaks.
    var addresses: [String: String] = [:]
    /// Of the service that the layer is about; the first counts most.
    var keys: [KeySource] = []
    /// Of one service each; the first counts most.
    var serviceKeys: [(service: String, source: KeySource)] = []

    static func == (one: Layer, other: Layer) -> Bool {
      one.layer == other.layer && one.engine == other.engine && one.address == other.address
        && one.addresses == other.addresses && one.keys == other.keys
        && one.serviceKeys.elementsEqual(other.serviceKeys) { $0 == $1 }
    }
  }

  /// What comes of the rule for one service.
  package struct Choice: Equatable, Sendable {
    package var address: String?
    package var key: KeySource?
    /// What must be said when the key is used.
    package var remark: String?
    /// Why keys that are there are not used: sentences.
    package var withheld: [String] = []
  }

  /// The weakest first.
  private(set) var layers: [Layer] = []

  package init() {}

  package mutating func enter(_ layer: OptionLayer) { layers.append(Layer(layer: layer)) }

  package mutating func name(engine: EngineName?) { change { $0.engine = engine } }
  package mutating func name(address: String) { change { $0.address = address } }
  package mutating func name(address: String, of service: String) {
    change { $0.addresses[service] = address }
  }

  /// Says on the command line who is meant.
  ///
  /// - Parameter address: nil: whatever was said of addresses stays.
  package mutating func address(_ engine: EngineName, at address: String?) {
    guard let address else { return }
    if layers.last?.layer.place != .commandLine { enter(OptionLayer(.commandLine)) }
    name(engine: engine)
    name(address: address)
  }

  /// Of whichever service the layer is about.
  package mutating func give(_ key: KeySource) {
    change { layer in
      layer.keys.removeAll { $0.rank == key.rank }
      layer.keys.append(key)
      layer.keys.sort { $0.rank < $1.rank }
    }
  }

  /// Of one service, by its name; those given first count most.
  package mutating func give(_ key: KeySource, of service: String) {
    change { $0.serviceKeys.append((service, key)) }
  }

  private mutating func change(_ change: (inout Layer) -> Void) {
    // Values that are set in code are a command line's.
    if layers.isEmpty { enter(OptionLayer(.commandLine)) }
    change(&layers[layers.count - 1])
  }

  /// Whether an address or a key was given that says not which service it is of.
  package var isForAnyService: Bool { openOption != nil }
  /// The option that says so, without dashes.
  package var openOption: String? {
    layers.lazy.compactMap { $0.address == nil ? $0.keys.first?.option : "url" }.first
  }
  /// The address that the command line names.
  package var addressOfCall: String? { layers.last { $0.layer.place == .commandLine }?.address }

  package func choice(for kind: ServiceProtocol) -> Choice {
    let name = kind.name
    var choice = Choice()
    let naming = layers.indices.last { address(of: $0, for: name) != nil }
    choice.address = naming.flatMap { address(of: $0, for: name) }
    for (index, key) in candidates {
      guard key.service ?? service(of: index) == name else {
        choice.withheld.append(
          "\(key.source.place) is for \(key.service ?? service(of: index)).")
        continue
      }
      guard let naming, index < naming else {
        choice.key = key.source
        return choice
      }
      let (giver, namer) = (layers[index].layer, layers[naming].layer)
      guard giver.isOfThisCall, namer.isOfThisCall else {
        choice.withheld.append(
          "\(key.source.place) is not for the address that \(namer.description) names.")
        continue
      }
      choice.key = key.source
      choice.remark = "\(key.source.place) is used for the address on the command line"
      return choice
    }
    return choice
  }

  /// Every key there is, the one that counts most first, with the index of its layer.
  private var candidates: [(Int, (source: KeySource, service: String?))] {
    let strongestFirst = layers.indices.reversed()
    let given = strongestFirst.flatMap { index in
      layers[index].keys.map { (index, (source: $0, service: String?.none)) }
    }
    let named = strongestFirst.flatMap { index in
      layers[index].serviceKeys.map { (index, (source: $0.source, service: String?($0.service))) }
    }
    return given + named.filter { !$0.1.source.isVariable }
      + named.filter { $0.1.source.isVariable }
  }

  private func address(of index: Int, for name: String) -> String? {
    let layer = layers[index]
    return layer.addresses[name] ?? (service(of: index) == name ? layer.address : nil)
  }

  /// Which service a layer is about: that of the engine it names, or of the next weaker one that does.
  private func service(of index: Int) -> String {
    layers[...index].last { $0.engine != nil }?.engine?.service?.name
      ?? ProtocolRegistry.usual.name
  }
}

extension KeySource {
  /// The order within a layer.
  fileprivate var rank: Int {
    switch self {
    case .descriptor: 0
    case .file: 1
    case .command: 2
    case .credential: 3
    case .environment: 4
    }
  }

  fileprivate var isVariable: Bool {
    if case .environment = self { true } else { false }
  }
}
