import KugelGuide
import KugelJobs

/// What speaks.
package struct EngineOptions: OptionGroup {
  package var engine: EngineName?
  package var service = ServiceOptions()
  /// As a layer names it: addresses and keys of the same layer are for it.
  private var named: EngineName? {
    get { engine }
    set {
      engine = newValue
      service.rule.name(engine: newValue)
    }
  }

  package init() {}
  package static let heading = "Voice"
  package static var flags: [Flag<EngineOptions>] {
    [
      .choice("engine", "e", "ENGINE", \.named, help: "what speaks")
        .detail(
          "Without it `kugel` speaks when a key or an address of a service is known, else \(EngineManual.offline), "
            + "or an engine whose voice for the language is installed and better. "
            + "\(EngineManual.ofThisProgram) work on this machine, without a network."
        )
        .variable("KUGEL_ENGINE").configurable.heading(heading)
    ] + ServiceOptions.flags(liftedTo: \EngineOptions.service)
  }

  /// The options of the service keep a heading of their own.
  package static func flags<Outer>(
    liftedTo path: WritableKeyPath<Outer, EngineOptions>
  ) -> [Flag<Outer>] {
    flags.map { $0.lifted(to: path) }
  }

  /// Who speaks when nothing is named, and no service is known.
  private var offline = EngineName.offline

  /// Looks who speaks where nobody is named.
  mutating func settle(language: String?, in host: Host) {
    guard engine == nil, !service.isMeant else { return }
    offline = host.jobs.offline(language, host)
  }

  package var chosen: EngineName { engine ?? (service.isMeant ? .online : offline) }
}
