import KugelJobs
import KugelText

/// `kugel _names LISTING [WORD...]`: what completions offer, a line each; the words are those typed so
/// far, and an engine among them counts.
package struct Names: Command {
  package static let name = "_names"
  package static let summary = "List names for completions."
  package static let isHidden = true
  package static let operands = Operands(
    forms: ["voices|devices|languages [WORD...]"], choices: .none)
  package static var flags: [Flag<Names>] { [] }

  package var listing: Listing?
  package var words: [String] = []

  package init() {}

  package mutating func take(operands: [String]) throws(UserError) {
    guard let first = operands.first, let listing = Listing(rawValue: first) else {
      throw .usage("kugel _names takes \(Self.operands.forms[0])")
    }
    self.listing = listing
    words = Array(operands.dropFirst())
  }

  package func run(in host: Host) throws -> ExitStatus {
    let names =
      switch listing {
      case .voices: try voices(in: host).map(\.name)
      case .devices: try host.jobs.devices().map(\.name)
      case .languages: Array(Set(try voices(in: host).flatMap(\.languages))).sorted()
      case nil: [String]()
      }
    try host.print(names.map { $0 + "\n" }.joined())
    return .done
  }

  /// Nobody waits for a network while typing.
  private func voices(in host: Host) throws -> [Voice] {
    let engine = engine(in: host)
    return engine.isRemote ? [] : try host.jobs.voices(engine, [:], host)
  }

  /// The one a half-typed command line names, else that of the environment.
  private func engine(in host: Host) -> EngineName {
    var found = host.variable("KUGEL_ENGINE").flatMap(EngineName.init(rawValue:)) ?? .offline
    for (index, word) in words.enumerated() {
      let value =
        switch word {
        // A shell may hand over `--engine=tone` in three words.
        case "-e", "--engine": words[(index + 1)...].first { $0 != "=" }
        case _ where word.hasPrefix("--engine="): String(word.dropFirst("--engine=".count))
        case _ where word.hasPrefix("-e"): String(word.dropFirst(2))
        default: String?.none
        }
      found = value.flatMap(EngineName.init(rawValue:)) ?? found
    }
    return found
  }
}
