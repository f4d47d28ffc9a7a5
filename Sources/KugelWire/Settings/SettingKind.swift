import KugelText

/// What a setting takes.
package enum SettingKind: Equatable, Sendable {
  case name
  /// A language tag; `asCode`: known to whoever takes it by its code alone, so that `de-AT` is `de`.
  case language(asCode: Bool = false)
  case number(ClosedRange<Double>)
  case integer(ClosedRange<Int>, unit: String? = nil)
  /// dB.
  case level
  /// From the left, -1, to the right, 1.
  case pan
  /// Milliseconds, or a time with its unit.
  case milliseconds
  case truth
  case words([String])
  case oneOf([Int])
  case integers(ClosedRange<Int>, atMost: Int = .max, mayBeNone: Bool = false)
  /// True or false, or from 0 to 4.
  case latency
  /// As `PronunciationDictionary` reads them, at most 3.
  case dictionaries
  /// Members of a JSON object that only the service knows, as `BodyMembers` reads them.
  case members

  /// Whole numbers that it takes, where it takes a range of them.
  package var integers: ClosedRange<Int> {
    switch self {
    case .integer(let range, _), .integers(let range, _, _): range
    default: Int.min...Int.max
    }
  }

  /// Numbers that it takes, where it takes a range of them.
  package var numbers: ClosedRange<Double> {
    switch self {
    case .number(let range): range
    case .level: Measures.levels
    default: -Double.infinity...Double.infinity
    }
  }

  /// The numbers that it takes, where they are few.
  package var choices: [Int] { if case .oneOf(let numbers) = self { numbers } else { [] } }

  /// How many numbers it takes at once.
  package var most: Int { if case .integers(_, let most, _) = self { most } else { 1 } }

  /// What it takes; fits after "takes".
  package var expected: String {
    switch self {
    case .name: "a name"
    case .language: "a language tag such as de or en-gb"
    case .number(let range):
      "a number from \(range.lowerBound.shortText) to \(range.upperBound.shortText)"
    case .integer(let range, let unit?): "\(range.lowerBound) to \(range.upperBound) \(unit)"
    case .integer(let range, nil): "a whole number \(Self.shown(range))"
    case .level: Measures.levelForm
    case .pan: "left, center, right or a number from -1 to 1"
    case .milliseconds: "milliseconds, or \(Measures.timeForm)"
    case .truth: "true or false"
    case .words(let words): words.joined(separator: ", ")
    case .oneOf(let numbers): numbers.map(\.description).joined(separator: ", ")
    case .integers(let range, let most, let mayBeNone):
      "whole numbers \(Self.shown(range)) with commas"
        + (most == .max ? "" : ", at most \(most)") + (mayBeNone ? ", or nothing" : "")
    case .latency: "true or false, or from 0 to 4"
    case .dictionaries: "up to three dictionaries as ID:VERSION, with commas"
    case .members: "NAME=JSON, such as lang_code=a"
    }
  }

  private static func shown(_ range: ClosedRange<Int>) -> String {
    range.upperBound == .max
      ? "from \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
  }

  /// Whether nothing is a value.
  package var mayBeNone: Bool { if case .integers(_, _, true) = self { true } else { false } }

  /// - Parameter value: as it was given; what is no text may be written as one.
  /// - Returns: what it means; nil when it is not taken.
  package func read(_ value: SettingValue) -> SettingValue? {
    switch self {
    case .name: return Self.name(value).map { .text($0) }
    case .language(let asCode):
      guard let tag = Self.name(value), Self.isLanguageTag(tag) else { return nil }
      return .text(asCode ? LanguageCode.spoken(tag) : tag)
    case .number(let range):
      return Self.number(value).flatMap { range.contains($0) ? .number($0) : nil }
    case .integer(let range, _):
      return Self.integer(value).flatMap { range.contains($0) ? .number(Double($0)) : nil }
    case .level: return Self.level(value).map { .number($0) }
    case .pan: return Self.place(value).map { .number($0) }
    case .milliseconds:
      return Measures.duration(value.text, bare: .milliseconds).map {
        .number(($0 / .milliseconds(1)).rounded())
      }
    case .truth: return Self.truth(value).map { .flag($0) }
    case .words(let words): return words.contains(value.text) ? .text(value.text) : nil
    case .oneOf(let numbers):
      return Self.integer(value).flatMap { numbers.contains($0) ? .number(Double($0)) : nil }
    case .integers(let range, let most, let mayBeNone):
      guard let numbers = Self.integers(value), numbers.count <= most,
        mayBeNone || !numbers.isEmpty, numbers.allSatisfy(range.contains)
      else { return nil }
      return .numbers(numbers)
    case .latency:
      if let level = Self.integer(value), (0...4).contains(level) { return .number(Double(level)) }
      return Self.truth(value).map { .flag($0) }
    case .dictionaries:
      guard let list = PronunciationDictionary.list(value.text), list.count <= 3 else { return nil }
      return .text(PronunciationDictionary.text(list))
    case .members:
      guard case .text(let text) = value else { return nil }
      return BodyMembers(text).map { .text($0.text) }
    }
  }
}

// One reader for each sort of value.
extension SettingKind {
  private static func name(_ value: SettingValue) -> String? {
    switch value {
    case .text(let text): text.isEmpty ? nil : text
    case .number: value.text
    case .flag, .numbers: nil
    }
  }

  private static func number(_ value: SettingValue) -> Double? {
    switch value {
    case .text(let text): Measures.decimal(text)
    case .number(let number): number
    case .flag, .numbers: nil
    }
  }

  private static func integer(_ value: SettingValue) -> Int? {
    number(value).flatMap { Int(exactly: $0) }
  }

  private static func integers(_ value: SettingValue) -> [Int]? {
    switch value {
    case .numbers(let numbers): return numbers
    case .number(let number): return Int(exactly: number).map { [$0] }
    case .flag: return nil
    case .text(let text):
      if text.isEmpty || text == "none" { return [] }
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { Int($0.filter { !$0.isWhitespace }) }
      return numbers.count == parts.count ? numbers : nil
    }
  }

  private static func truth(_ value: SettingValue) -> Bool? {
    switch value.text.lowercased() {
    case "true", "yes", "on", "1": true
    case "false", "no", "off", "0": false
    default: nil
    }
  }

  private static func level(_ value: SettingValue) -> Double? {
    if case .number(let number) = value { return Measures.levels.contains(number) ? number : nil }
    return Measures.decibels(value.text)
  }

  private static func place(_ value: SettingValue) -> Double? {
    switch value.text {
    case "left": -1
    case "center", "centre": 0
    case "right": 1
    default: number(value).flatMap { (-1...1).contains($0) ? $0 : nil }
    }
  }

  /// Letters, then parts of letters and digits: `de`, `en-us`, `zh-yue`.
  package static func isLanguageTag(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let letters = { (part: Substring) in part.allSatisfy { $0.isASCII && $0.isLetter } }
    let fits = parts.allSatisfy { part in
      (1...8).contains(part.count)
        && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
    return fits && parts[0].count >= 2 && letters(parts[0])
  }
}
