import KugelWire

/// How a voice sounds; what is not set is left as it is.
package struct VoiceTraits: Equatable, Sendable {
  private var values: [SettingKey: SettingValue] = [:]

  package init() {}

  package var isEmpty: Bool { values.isEmpty }

  /// What is set, in the order of `SettingKey.ofScripts`.
  package var settings: [(key: SettingKey, value: SettingValue)] {
    SettingKey.ofScripts.compactMap { key in values[key].map { (key, $0) } }
  }

  /// A value of the key's kind.
  package subscript(key: SettingKey) -> SettingValue? {
    get { values[key] }
    set {
      values[key] = newValue
      // Both say the pace.
      switch key {
      case .speed where newValue != nil: values[.rate] = nil
      case .rate where newValue != nil: values[.speed] = nil
      default: break
      }
    }
  }

  /// - Parameter value: as it was written; engines may take less, which is told when one is cast.
  mutating func set(_ key: SettingKey, _ value: SettingValue) throws(ScriptValueError) {
    guard let read = key.setting.kind.read(value) else {
      throw ScriptValueError(expected: key.setting.kind.expected)
    }
    self[key] = read
  }

  /// These, with those of a line over them; of two that say the pace, the nearer one counts.
  package func overridden(by line: VoiceTraits) -> VoiceTraits {
    var merged = self
    for (key, value) in line.settings { merged[key] = value }
    return merged
  }
}

extension VoiceTraits {
  /// 1 is the voice's normal pace.
  package var speed: Double? { self[.speed]?.number }
  /// Words a minute; not together with `speed`.
  package var rate: Int? { self[.rate]?.integer }
  /// Decibels, 0 leaves the sound as it is.
  package var volume: Double? { self[.volume]?.number }
  /// A language tag.
  package var language: String? { self[.lang]?.text }
  /// -1 is left, 0 the middle, 1 right.
  package var pan: Double? { self[.pan]?.number }
}
