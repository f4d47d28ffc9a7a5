import KugelText
import KugelWire

/// A value in a script that is not what it should be; `expected` fits after "takes".
struct ScriptValueError: Error, Equatable {
  let expected: String
}

extension Duration {
  /// What scripts may put between two lines, or a line before another.
  static let ofScripts = Duration.seconds(-3600)...Duration.seconds(3600)

  /// `250ms`, `-1.5s`, `2m` or `0`; at most an hour.
  init(script text: String) throws(ScriptValueError) {
    guard let time = Measures.duration(text, in: Self.ofScripts) else {
      throw ScriptValueError(expected: "\(Measures.timeForm), at most 1h")
    }
    self = time
  }

  /// At `rate` Hz, to the nearest.
  package func samples(at rate: Int) -> Int { Int((self / .seconds(1) * Double(rate)).rounded()) }
}

extension VoiceDeclaration.Choice {
  /// `1072`, `a name`, `espeak:en-gb`, `espeak:`.
  ///
  /// - Parameter engines: what may stand before a colon; nil when something else does.
  init?(_ text: String, engines: [String]) {
    guard let colon = text.firstIndex(of: ":") else {
      self = .named(VoiceReference(text), engine: nil)
      return
    }
    let engine = String(text[..<colon])
    guard engines.contains(engine) else { return nil }
    let voice = String(text[text.index(after: colon)...]).withoutOuterBlanks
    self = .named(voice.isEmpty ? nil : VoiceReference(voice), engine: engine)
  }
}

extension SettingKey {
  /// As scripts name it; nil: it is not of theirs.
  init?(script name: some StringProtocol) {
    guard let key = SettingKey(rawValue: String(name)), SettingKey.ofScripts.contains(key) else {
      return nil
    }
    self = key
  }
}

extension String {
  var withoutOuterBlanks: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }

  /// Words that a script may declare: letters, digits, and signs within them.
  var isSpeakerName: Bool {
    guard let first, first.isLetter || first.isNumber || first == "_", count <= 64 else {
      return false
    }
    return allSatisfy { $0.isLetter || $0.isNumber || " _-.'’".contains($0) }
  }
}
