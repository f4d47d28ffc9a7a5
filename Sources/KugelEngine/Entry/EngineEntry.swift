import KugelText

/// One engine of this program, as the rest of the program knows it before it is opened.
package struct EngineEntry: Sendable {
  /// What `--engine` calls it.
  package let name: String
  /// A fragment without a stop.
  package let summary: String
  package let capabilities: EngineCapabilities
  /// Costs nothing; starting the engine is left to its first use.
  package let open: @Sendable (EngineSetup) -> any SpeechEngine
  /// The library that it is made of, with its version; nil when it is all our own.
  package var library: (@Sendable () -> (name: String, version: String))?
  /// What is cheapest done while the program has one thread, if anything is; with who is likely to
  /// speak, as far as that is known.
  package var beforeThreads: (@Sendable (_ voice: VoiceReference?, _ language: String?) -> Void)?
  /// What a process of the engine does until its parent is gone; it finds the line to it at descriptor 3.
  package var process: (@Sendable () -> Never)?
  /// Whether it is to speak what is wished when nothing is named, by a glance at files; nil for one that
  /// never is.
  package var isReadyFirst: (@Sendable (EngineWish) -> Bool)?
  /// What it needs beside this program, and whether that is there; opens nothing.
  package var findings: (@Sendable (EngineSetup) -> [EngineFinding])?
  /// Where more voices for it come from, if they do.
  package var shop: VoiceShop?
  /// Texts that each core speaks at once for many who wait: more than one where a text, once begun, is made
  /// to its end, and who comes next would not be heard before that.
  package var textsPerCore = 1
  /// The same on all cores together, where they are few.
  package var leastTexts = 1
  /// What helps when it has no voices, or cannot be started: an imperative.
  package var remedy: String?

  package init(
    name: String, summary: String, capabilities: EngineCapabilities,
    open: @escaping @Sendable (EngineSetup) -> any SpeechEngine
  ) {
    self.name = name
    self.summary = summary
    self.capabilities = capabilities
    self.open = open
  }

  /// How many texts a service speaks at once where nobody says.
  package func textsAtOnce(cores: Int) -> Int { max(leastTexts, cores * textsPerCore) }
}

/// How an engine is to work.
package struct EngineSetup: Sendable {
  /// The program that becomes a process of the engine NAME with the words `_engine NAME`; without it the
  /// engine works in this process.
  package var program: String?
  /// Texts that may be spoken at once; an engine that can speak one only does so.
  package var concurrency: Int
  /// Whether the same text has to sound the same whatever was spoken before it, where that costs time too.
  package var isRepeatable = false
  /// Values of the engine's own options, by their names.
  package var options: [String: String] = [:]
  /// Reads a variable of the environment.
  package var variable: @Sendable (String) -> String? = { _ in nil }
  /// Takes a sentence for the user about something that did not go as it should; any thread.
  package var warn: @Sendable (String) -> Void

  package init(
    program: String? = nil, concurrency: Int = 1,
    warn: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.program = program
    self.concurrency = max(1, concurrency)
    self.warn = warn
  }
}
