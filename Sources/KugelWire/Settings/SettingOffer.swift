import KugelText

/// When a value counts that is changed in a session.
package enum SettingMoment: String, Equatable, Sendable {
  case atOnce
  case nextTurn
  /// It is in the address of the connection: the next turn is spoken over another one.
  case newConnection
}

/// What one engine or service makes of a setting.
package struct SettingTerms: Equatable, Sendable {
  package let key: SettingKey
  package var kind: SettingKind
  package var moment: SettingMoment
  /// What it is called on the wire; nil where nothing travels.
  package var wireName: String?

  /// - Parameters:
  ///   - kind: where less is taken than the table says.
  ///   - wireName: where it is not called as the table calls it.
  package init(
    _ key: SettingKey, _ kind: SettingKind? = nil, _ moment: SettingMoment? = nil,
    called wireName: String? = nil
  ) {
    self.key = key
    self.kind = kind ?? key.setting.kind
    self.moment = moment ?? (key.setting.isLocal ? .atOnce : .nextTurn)
    self.wireName = key.setting.isLocal ? nil : wireName ?? key.rawValue
  }
}

extension SettingTerms {
  /// One that is ours to keep to, where the service has no words for it.
  static func here(_ key: SettingKey, _ moment: SettingMoment? = nil) -> SettingTerms {
    var terms = SettingTerms(key, nil, moment)
    terms.wireName = nil
    return terms
  }
}

/// The settings that one engine or service takes, and how.
package struct SettingOffer: Equatable, Sendable {
  /// Who takes them, as `--engine` names it.
  package let name: String
  package private(set) var terms: [SettingTerms]

  package init(of name: String, _ terms: [SettingTerms]) {
    self.name = name
    self.terms = terms
  }

  package var keys: [SettingKey] { terms.map(\.key) }

  /// The same where each request says all of it anew.
  var inRequests: SettingOffer {
    var offer = self
    for index in offer.terms.indices where offer.terms[index].moment == .newConnection {
      offer.terms[index].moment = .nextTurn
    }
    return offer
  }

  package subscript(key: SettingKey) -> SettingTerms? { terms.first { $0.key == key } }

  package func takes(_ key: SettingKey) -> Bool { self[key] != nil }

  /// The part of settings that counts at such a moment.
  package func part(of settings: TurnSettings, for moment: SettingMoment) -> TurnSettings {
    var part = TurnSettings()
    // The rate is the speed by another name, in whole words.
    for terms in terms where terms.moment == moment && terms.key != .rate {
      part[terms.key] = settings[terms.key]
    }
    return part
  }

  /// Multiples of the normal pace.
  package var speeds: ClosedRange<Double>? {
    if case .number(let range)? = self[.speed]?.kind { range } else { nil }
  }
}

extension SettingTerms {
  /// Words a minute at speed 1.
  package static let normalRate = Utterance.normalRate

  /// Both names of the pace, by multiples of the normal one.
  package static func paces(_ speeds: ClosedRange<Double>) -> [SettingTerms] {
    let normal = Double(normalRate)
    let slowest = Int((speeds.lowerBound * normal).rounded(.up))
    let fastest = Int((speeds.upperBound * normal).rounded(.down))
    return paces(speeds.inHundredths, slowest...fastest)
  }

  /// Both names of the pace, by words a minute.
  package static func paces(_ rates: ClosedRange<Int>) -> [SettingTerms] {
    let normal = Double(normalRate)
    let speeds = Double(rates.lowerBound) / normal...Double(rates.upperBound) / normal
    return paces(speeds.inHundredths, rates)
  }

  private static func paces(
    _ speeds: ClosedRange<Double>, _ rates: ClosedRange<Int>
  ) -> [SettingTerms] {
    [
      SettingTerms(.speed, .number(speeds)),
      SettingTerms(.rate, .integer(rates, unit: "words a minute"), called: "speed"),
    ]
  }
}

extension SettingOffer {
  /// What the service in this process takes, whatever engine it speaks with.
  ///
  /// - Parameters:
  ///   - rates: words a minute that the engine can speak.
  ///   - pitches: heights of the voice that can be set; nil where there is none to set.
  package static func local(
    _ name: String, rates: ClosedRange<Int>, pitches: ClosedRange<Int>?
  ) -> SettingOffer {
    SettingOffer(
      of: name,
      [SettingTerms(.voice), SettingTerms(.lang)] + SettingTerms.paces(rates)
        + (pitches.map { [SettingTerms(.pitch, .integer($0))] } ?? [])
        + [
          .volume, .pan, .wordTimestamps, .flushTimeout, .maxBufferLength, .chunkLengthSchedule,
          .autoMode,
        ].map { SettingTerms($0) } + [SettingTerms(.sampleRate, .oneOf(kugelAudioRates))])
  }
}
