/// A value in a script that is not what it should be; `expected` fits after "takes".
struct ScriptValueError: Error, Equatable {
  let expected: String
}

extension Duration {
  /// `250ms`, `-1.5s`, `2m` or `0`; at most an hour.
  init(script text: String) throws(ScriptValueError) {
    let units: [(suffix: String, milliseconds: Double)] = [("ms", 1), ("s", 1000), ("m", 60_000)]
    let text = text.withoutOuterBlanks.replacingMinus
    guard let unit = units.first(where: { text.hasSuffix($0.suffix) }) else {
      guard let zero = Double(text), zero == 0 else { throw .duration }
      self = .zero
      return
    }
    let number = String(text.dropLast(unit.suffix.count)).withoutOuterBlanks
    guard let value = Double(number), value.isFinite,
      number.allSatisfy({ "+-.0123456789".contains($0) }),
      abs(value * unit.milliseconds) <= 3_600_000
    else { throw .duration }
    // Whole microseconds, so that a decimal fraction means what it says.
    self = .microseconds(Int64((value * unit.milliseconds * 1000).rounded()))
  }

  /// As a script writes it.
  package var script: String {
    let micro = Int64((self / .microseconds(1)).rounded())
    if micro % 1_000_000 == 0, micro != 0 { return "\(micro / 1_000_000)s" }
    return micro % 1000 == 0 ? "\(micro / 1000)ms" : "\(Double(micro) / 1000)ms"
  }

  /// At `rate` Hz, to the nearest.
  package func samples(at rate: Int) -> Int { Int((self / .seconds(1) * Double(rate)).rounded()) }
}

extension ScriptValueError {
  static let duration = ScriptValueError(expected: "a time such as 250ms or 1.5s")
}

/// What may stand behind a voice or a name in parentheses, as `key value`.
enum TraitKey: String, CaseIterable {
  case speed, rate, pitch, volume, lang, pan

  func set(_ text: String, on traits: inout VoiceTraits) throws(ScriptValueError) {
    switch self {
    case .speed:
      traits.speed = try number(text, in: 0.1...10, "0.1 to 10, where 1 is the normal pace")
      traits.rate = nil
    case .rate:
      traits.rate = Int(try number(text, in: 20...1000, "words a minute, 20 to 1000").rounded())
      traits.speed = nil
    case .pitch: traits.pitch = Int(try number(text, in: 0...100, "0 to 100").rounded())
    case .volume:
      let bare = text.lowercased().hasSuffix("db") ? String(text.dropLast(2)) : text
      traits.volume = try number(bare.withoutOuterBlanks, in: -60...20, "-60dB to 20dB")
    case .lang:
      guard text.isLanguageTag else {
        throw ScriptValueError(expected: "a language tag such as de or en-gb")
      }
      traits.language = text
    case .pan:
      switch text {
      case "left": traits.pan = -1
      case "center", "centre": traits.pan = 0
      case "right": traits.pan = 1
      default: traits.pan = try number(text, in: -1...1, "left, center, right or -1 to 1")
      }
    }
  }

  private func number(
    _ text: String, in range: ClosedRange<Double>, _ expected: String
  ) throws(ScriptValueError) -> Double {
    guard let value = Double(text.replacingMinus), range.contains(value) else {
      throw ScriptValueError(expected: expected)
    }
    return value
  }
}

extension String {
  /// Word processors write a minus of their own.
  fileprivate var replacingMinus: String { String(map { $0 == "\u{2212}" ? "-" : $0 }) }

  var withoutOuterBlanks: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }

  /// Letters, then parts of letters and digits: `de`, `en-us`.
  fileprivate var isLanguageTag: Bool {
    let parts = split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, first.count >= 2, first.allSatisfy(\.isLetter) else {
      return false
    }
    return parts.allSatisfy { part in
      (1...8).contains(part.count) && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
  }

  /// Words that a script may declare: letters, digits, and signs within them.
  var isSpeakerName: Bool {
    guard let first, first.isLetter || first.isNumber || first == "_", count <= 64 else {
      return false
    }
    return allSatisfy { $0.isLetter || $0.isNumber || " _-.'’".contains($0) }
  }
}
