/// What speaks.
package struct EngineOptions: OptionGroup {
  package var engine: EngineName?

  package init() {}
  package static let heading = "Voice"
  package static var flags: [Flag<EngineOptions>] {
    [
      .choice("engine", "e", "ENGINE", \.engine, help: "what speaks")
        .detail("Both engines work in this process, without a network.")
        .variable("KUGEL_ENGINE")
    ]
  }

  package var chosen: EngineName { engine ?? .espeak }
}
