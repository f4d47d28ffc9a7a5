import KugelJobs

/// One `kugel COMMAND`: a value that the parser fills and the top level runs.
package protocol Command {
  static var name: String { get }
  /// One sentence with its stop, for the list of commands.
  static var summary: String { get }
  static var flags: [Flag<Self>] { get }
  static var operands: Operands { get }
  static var manual: ManualText { get }
  /// Speaks with one engine, for which `EngineForesight` looks.
  static var speaks: Bool { get }
  /// Makes or takes sound, so libraries of the system are looked for before it begins.
  static var opensLibraries: Bool { get }
  /// Left out of help, man pages and completions.
  static var isHidden: Bool { get }

  init()
  /// Takes the words that belong to no option; called once, perhaps with none.
  mutating func take(operands: [String]) throws(UserError)
  /// What is not said is settled by what there is on this machine; called once, before `run`.
  mutating func settle(in host: Host)
  func run(in host: Host) throws -> ExitStatus
}

extension Command {
  package static var speaks: Bool { false }
  package mutating func settle(in host: Host) {}
  package static var opensLibraries: Bool { speaks }
  package static var isHidden: Bool { false }
  package static var operands: Operands { .none }
  package static var manual: ManualText { ManualText() }
  /// Those of `flags`, and `--help`.
  package static var specs: [FlagSpec] { allSpecs.filter { $0.refusal == nil } + [.helpFlag] }
  /// Those that no command line takes, too.
  package static var allSpecs: [FlagSpec] { flags.map(\.spec) }

  package mutating func take(operands: [String]) throws(UserError) {
    if let word = operands.first {
      throw .usage("kugel \(Self.name) takes no words, but was given \(quoted(word))")
    }
  }
}

/// The words a command takes beside its options.
package struct Operands: Equatable, Sendable {
  /// Each way to call the command, without its name and options: `[TEXT...]`.
  package var forms: [String]
  package var choices: Choices

  package static let none = Operands(forms: [""], choices: .none)
}

/// What only the man page says of a command; `code` between backticks.
package struct ManualText: Sendable {
  /// Paragraphs; what stands between backticks is set as code.
  package var description: [String] = []
  package var examples: [Example] = []
  /// Sections of their own, after the options.
  package var lists: [List] = []
  /// Longer texts with what to copy, after the options.
  package var guides: [Guide] = []
  /// Files the command reads or writes, with what they are.
  package var files: [Choice] = []
  /// The codes it ends with.
  package var exits: [ExitStatus] = [.done, .usage, .readerGone]
  /// Commands to read about next.
  package var related: [String] = []

  /// Every file that is shown.
  var listings: [Listing] {
    guides.flatMap(\.parts).compactMap {
      if case .listing(let listing) = $0 { listing } else { nil }
    }
  }

  package struct List: Sendable {
    package let heading: String
    package let choices: [Choice]

    package init(_ heading: String, _ choices: [Choice]) {
      self.heading = heading
      self.choices = choices
    }
  }

  /// A section of its own.
  package struct Guide: Sendable {
    package enum Part: Sendable {
      /// A paragraph; what stands between backticks is set as code.
      case text(String)
      case listing(Listing)
    }

    package let heading: String
    package let parts: [Part]

    package init(_ heading: String, _ parts: [Part]) {
      self.heading = heading
      self.parts = parts
    }
  }

  /// A file to begin with, shown line by line; `man/examples` holds it too.
  package struct Listing: Sendable {
    package let file: String
    package let text: String
  }

  package struct Example: Sendable {
    /// A sentence that ends with a colon.
    package let purpose: String
    package let command: String

    package init(_ purpose: String, _ command: String) {
      self.purpose = purpose
      self.command = command
    }
  }
}

/// Every command there is. A new one is one more entry here.
package enum Catalogue {
  package static var all: [any Command.Type] {
    [
      Say.self, Stream.self, Session.self, Multi.self, Narrate.self, Serve.self, Bench.self,
      Voices.self, Devices.self, Doctor.self, QueueCommand.self, Skip.self, Again.self, Pause.self,
      Resume.self,
      Back.self, On.self, Stop.self, Completion.self, Help.self, WriteManual.self,
      Names.self, EngineProcess.self, MeasurePlayer.self,
    ]
  }
  package static var shown: [any Command.Type] { all.filter { !$0.isHidden } }

  package static func command(named name: String) -> (any Command.Type)? {
    all.first { $0.name == name }
  }
}
