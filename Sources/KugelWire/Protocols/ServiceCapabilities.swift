import KugelText

/// What services of one protocol can do, and what they are called where users meet them. Whoever stands
/// above the codecs asks this, and never which protocol it is.
package struct ServiceCapabilities: Equatable, Sendable {
  /// How turns travel over one connection.
  package enum Turns: Equatable, Sendable {
    /// One after the other, in words of the protocol.
    case own
    /// Each as a context of its own.
    case contexts
    /// Each over a connection of its own, which the turn's end ends.
    case connections
    /// None: each bundle of sentences is a request of its own.
    case requests
  }

  /// What becomes of tags in the text.
  package enum Markup: Equatable, Sendable {
    /// All are the service's business.
    case all
    /// These are, as long as the setting is on; others are taken out before.
    case named([String], when: SettingKey)
  }

  // MARK: For users

  /// What `--engine` calls it.
  package let name: String
  /// As it is written, such as `KugelAudio`.
  package let title: String
  /// A fragment without a stop.
  package var summary: String
  /// Variables of the environment that may hold the key, the usual one first.
  package var keyVariables: [String]
  /// The systemd credential that may hold it.
  package var credentialName: String
  /// The variable that may hold the address, whatever engine is named.
  package var addressVariable: String?

  // MARK: On the network

  /// Where the service of each region is.
  package var hosts: [Region: String]
  /// Carries the key, behind `keyPrefix`.
  package var keyHeader: String
  package var keyPrefix = ""

  // MARK: Speaking

  package var settings: SettingOffer
  package var turns: Turns
  /// Whether a whole text may go as one request, by `Endpoint.tts`.
  package var takesRequests: Bool
  /// Contexts that one connection may hold at once.
  package var contexts: Int
  /// How often a context without anything to say is told to stay.
  package var keepAlive = Duration.seconds(10)
  /// Requests under way at once, where each bundle of sentences is one.
  package var requestsAtOnce = 1
  /// The header of an answer that says for how many characters it is billed; nil where none does.
  package var costHeader: String?
  /// Unicode scalars of one turn.
  package var charactersPerTurn = 10_000
  package var markup: Markup
  /// Least lengths, chunk after chunk, of what it speaks unasked where the settings name none; the last
  /// repeats. nil: it finds the sentences by itself, and holds none back for long.
  package var schedule: [Int]?
  /// Models that no socket speaks with, by the beginnings of their names.
  package var modelsOfRequests: [String] = []

  package init(
    name: String, title: String, summary: String, keyVariables: [String], credentialName: String,
    hosts: [Region: String], keyHeader: String, settings: SettingOffer, turns: Turns,
    takesRequests: Bool, contexts: Int, markup: Markup, schedule: [Int]?
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.keyVariables = keyVariables
    self.credentialName = credentialName
    self.hosts = hosts
    self.keyHeader = keyHeader
    self.settings = settings
    self.turns = turns
    self.takesRequests = takesRequests
    self.contexts = contexts
    self.markup = markup
    self.schedule = schedule
  }
}

extension ServiceCapabilities {
  /// Whether a connection is for one voice: it is in the address.
  package var hasVoicePerConnection: Bool { settings[.voice]?.moment == .newConnection }

  /// Whether a connection cannot be made before it is known how is spoken.
  package var hasSettingsInAddress: Bool {
    settings.terms.contains { $0.moment == .newConnection }
  }

  /// Tags that stay in the text; nil: it goes as it is.
  package func keptTags(_ settings: TurnSettings) -> Set<String>? {
    switch markup {
    case .all: nil
    case .named(let names, let key): settings[key] == .flag(true) ? Set(names) : []
    }
  }

  /// Where it is, the usual ones first.
  package var regions: [Region] { Region.allCases.filter { hosts[$0] != nil } }

  package func host(in region: Region) -> String { hosts[region] ?? hosts[.global] ?? "" }
}
