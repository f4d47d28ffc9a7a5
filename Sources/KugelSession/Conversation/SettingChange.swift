import KugelText
import KugelWire

/// A value that a conversation can change between turns, or at once.
package enum SettingKey: String, CaseIterable, Sendable {
  case voice, lang, model, speed, pitch, normalize, volume
  case cfgScale = "cfg_scale"
  case temperature
  case maxNewTokens = "max_new_tokens"

  package var meaning: String {
    switch self {
    case .voice: "voice by number, name or start of a name"
    case .lang: "language of the text, such as de"
    case .model: "model of the service"
    case .speed: "multiple of the normal pace"
    case .pitch: "how high the voice is, 0 to 100; 50 is its own"
    case .normalize: "whether numbers and the like are written out, true or false"
    case .volume: "level of the sound in dB; heard at once"
    case .cfgScale: "how closely the model keeps to the voice, 0 to 10"
    case .temperature: "how much the model varies, 0 to 1"
    case .maxNewTokens: "limit of a text chunk, 1 to 2048"
    }
  }

  /// Whether it is of our own sound, not of the turn.
  var isLocal: Bool { self == .volume }
}

/// What the engine or service in use can take.
package struct SettingLimits: Equatable, Sendable {
  package var speed: ClosedRange<Double>
  /// Keys that mean something to it.
  package var keys: Set<SettingKey>
  /// Languages are named by their codes alone: `de-AT` is `de`.
  package var takesLanguageCodes: Bool

  package init(
    speed: ClosedRange<Double>, keys: Set<SettingKey>, takesLanguageCodes: Bool = false
  ) {
    self.speed = speed
    self.keys = keys
    self.takesLanguageCodes = takesLanguageCodes
  }

  /// A KugelAudio service. Source: protocol notes, section 5.5.
  package static let service = SettingLimits(
    speed: 0.8...1.2, keys: Set(SettingKey.allCases).subtracting([.pitch]),
    takesLanguageCodes: true)

  /// Source: ElevenLabs notes, sections 5.1 and 7.1.
  package static let elevenLabs = SettingLimits(
    speed: 0.7...1.2, keys: [.voice, .lang, .model, .speed, .normalize, .volume],
    takesLanguageCodes: true)
}

/// One `key=value`, checked.
package struct SettingChange: Equatable, Sendable {
  package enum Value: Equatable, Sendable {
    case text(String)
    case number(Double)
    case flag(Bool)
  }

  package let key: SettingKey
  package var value: Value

  init(voice: Voice) { (key, value) = (.voice, .text("\(voice.reference)")) }

  package init(
    key name: String, value: Value, limits: SettingLimits
  ) throws(ConversationProblem) {
    guard let key = SettingKey(rawValue: name), limits.keys.contains(key) else {
      let known = SettingKey.allCases.filter(limits.keys.contains).map(\.rawValue)
      let hint = nearest(to: name, in: known, limit: 1).first.map { "; did you mean \($0)?" } ?? ""
      throw ConversationProblem(
        "\(Quoting.quote(name)) cannot be set\(hint.isEmpty ? "; known are " + known.joined(separator: " ") : hint)"
      )
    }
    self.key = key
    self.value = try Self.checked(value, for: key, limits: limits)
  }

  /// - Parameter text: `speed=1.1`, `voice=Anna`.
  init(_ text: String, limits: SettingLimits) throws(ConversationProblem) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw ConversationProblem("\(Quoting.quote(text)) is not of the form key=value")
    }
    try self.init(key: String(parts[0]), value: .text(String(parts[1])), limits: limits)
  }

  /// Numbers may be written as text, as they are on a line.
  private static func checked(
    _ value: Value, for key: SettingKey, limits: SettingLimits
  ) throws(ConversationProblem) -> Value {
    switch key {
    case .voice, .lang, .model:
      switch value {
      case .text(let text) where !text.isEmpty:
        let isTag = key == .lang && limits.takesLanguageCodes
        return isTag ? .text(LanguageCode.spoken(text)) : value
      case .number(let number): return .text(number.shortText)
      case .text, .flag: throw ConversationProblem("\(key.rawValue) takes a name")
      }
    case .normalize:
      switch value {
      case .flag, .text("true"), .text("false"):
        return .flag(value == .flag(true) || value == .text("true"))
      case .text, .number: throw ConversationProblem("normalize takes true or false")
      }
    case .volume:
      let text = if case .text(let text) = value { text } else { value.text }
      guard let level = Measures.decibels(text) else {
        throw ConversationProblem("volume takes -60dB to 12dB, not \(value.text)")
      }
      return .number(level)
    case .speed: return try number(value, for: key, in: limits.speed)
    case .pitch: return try number(value, for: key, in: 0...100, whole: true)
    case .cfgScale: return try number(value, for: key, in: 0...10)
    case .temperature: return try number(value, for: key, in: 0...1)
    case .maxNewTokens: return try number(value, for: key, in: 1...2048, whole: true)
    }
  }

  private static func number(
    _ value: Value, for key: SettingKey, in range: ClosedRange<Double>, whole: Bool = false
  ) throws(ConversationProblem) -> Value {
    let number: Double? =
      switch value {
      case .text(let text): Measures.decimal(text)
      case .number(let number): number
      case .flag: nil
      }
    guard let number, range.contains(number), !whole || number == number.rounded() else {
      let kind = whole ? "a whole number from" : "a number from"
      throw ConversationProblem(
        "\(key.rawValue) takes \(kind) \(range.lowerBound.shortText) to "
          + "\(range.upperBound.shortText), not \(value.text)")
    }
    return .number(number)
  }

  /// `speed=1.1`.
  package var text: String {
    let value = value.text
    let plain = value.allSatisfy { !$0.isWhitespace && $0 != "\"" && $0 != "\\" }
    let unit = key == .volume ? "dB" : ""
    return "\(key.rawValue)=\(plain ? value : Quoting.quote(value))\(unit)"
  }
}

extension SettingChange.Value {
  package var text: String {
    switch self {
    case .text(let text): text
    case .number(let number): number.shortText
    case .flag(let flag): "\(flag)"
    }
  }

  fileprivate var number: Double? { if case .number(let number) = self { number } else { nil } }
}

extension TurnSettings {
  /// Takes over one change; those of the local sound say nothing here.
  mutating func apply(_ change: SettingChange) {
    switch change.key {
    case .voice: voice = VoiceReference(change.value.text)
    case .lang: language = change.value.text
    case .model: model = change.value.text
    case .speed: speed = change.value.number
    case .pitch: pitch = change.value.number.map { Int($0) }
    case .normalize: normalize = change.value == .flag(true)
    case .cfgScale: cfgScale = change.value.number
    case .temperature: temperature = change.value.number
    case .maxNewTokens: maxNewTokens = change.value.number.map { Int($0) }
    case .volume: break
    }
  }
}
