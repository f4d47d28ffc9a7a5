import KugelEngine
import KugelGuide
import KugelJobs
import KugelText

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
            + "or an engine whose voice for the language is installed and better; what that one has not, be it a voice, "
            + "a pace or a pitch, is spoken by \(EngineManual.offline). "
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

  /// Whether nobody is named, so that who speaks is chosen by what is asked for.
  var isOpen: Bool { engine == nil && !service.isMeant }

  /// Looks who speaks where nobody is named: one that takes all that is asked for.
  ///
  /// - Parameter isQuiet: whether nothing is said of voices that are passed over.
  mutating func settle(_ voice: VoiceOptions, isQuiet: Bool, in host: Host) {
    guard isOpen else { return }
    var wish = EngineWish(
      voice: voice.voice.flatMap { $0 == "?" ? nil : VoiceReference($0) }, language: voice.language,
      host.variable)
    wish.options = voice.own.all
    if !isQuiet, host.isTerminal(host.standardError) {
      wish.tell = { host.tell("kugel: \($0)") }
    }
    let ready = host.jobs.offline(wish)
    var request = SpeechRequest(source: .words(""))
    // One that cannot go so quickly, or has no pitch to set, leaves it to the one for everyday use.
    guard (try? voice.apply(to: &request, engine: ready, service: service)) != nil else { return }
    offline = ready
  }

  package var chosen: EngineName { engine ?? (service.isMeant ? .online : offline) }
}
