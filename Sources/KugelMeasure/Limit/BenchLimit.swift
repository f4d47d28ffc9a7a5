import KugelText
import KugelWire

/// A limit for CI: `first_sound.p95 > 250ms or errors > 0`. The run fails when it holds for any case.
package struct BenchLimit: Equatable, Sendable {
  package enum Statistic: String, CaseIterable, Sendable {
    case p50, p95, p99, min, max, n
  }

  package enum Quantity: Equatable, Sendable {
    case metric(Metric, Statistic)
    /// Percent of the frames, for one of `Playout.cushions`.
    case lateFrames(cushion: Double)
    /// Turns that failed.
    case errors
  }

  package enum Relation: String, CaseIterable, Sendable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"

    func holds(_ value: Double, _ bound: Double) -> Bool {
      switch self {
      case .atLeast: value >= bound
      case .atMost: value <= bound
      case .above: value > bound
      case .below: value < bound
      }
    }
  }

  package struct Term: Equatable, Sendable {
    package var quantity: Quantity
    package var relation: Relation
    /// In the quantity's unit: milliseconds, percent, or none.
    package var bound: Double
  }

  /// As it was written.
  package let text: String
  /// It holds when every term of any of these holds.
  package let alternatives: [[Term]]

  package init(_ text: String) throws(LimitError) {
    self.text = text
    alternatives = try LimitParser.parse(text)
  }
}

/// What is wrong with a limit.
package struct LimitError: Error, Equatable, Sendable {
  /// Fits after "--fail-if takes".
  package var expected: String
  package var hint: String?
}

/// Words of a limit, taken one after another.
enum LimitParser {
  static func parse(_ text: String) throws(LimitError) -> [[BenchLimit.Term]] {
    var words = words(of: text)[...]
    var alternatives: [[BenchLimit.Term]] = [[]]
    while true {
      alternatives[alternatives.count - 1].append(try term(&words))
      guard let word = words.popFirst() else { return alternatives }
      switch word.lowercased() {
      case "and", "&&": break
      case "or", "||": alternatives.append([])
      default:
        throw LimitError(expected: "terms joined by and, or; \"\(word)\" is neither")
      }
    }
  }

  /// Relations need no blanks around them.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      let isRelation = "<>=".contains(character)
      let continues = word.isEmpty || "<>=".contains(word.last ?? " ") == isRelation
      if character.isWhitespace || !continues {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if !character.isWhitespace { word.append(character) }
    }
    return word.isEmpty ? words : words + [word]
  }

  private static func term(_ words: inout ArraySlice<String>) throws(LimitError) -> BenchLimit.Term
  {
    let example = "something like first_sound.p95 > 250ms"
    guard let name = words.popFirst() else { throw LimitError(expected: example) }
    let quantity = try quantity(name)
    guard let sign = words.popFirst(), let relation = BenchLimit.Relation(rawValue: sign) else {
      throw LimitError(expected: "\(example), with one of > >= < <= after \(name)")
    }
    guard let number = words.popFirst() else {
      throw LimitError(expected: "a number after \(name) \(sign)")
    }
    // "250 ms" is as good as "250ms".
    let unit = words.first.map { times[$0] != nil || $0 == "%" } ?? false
    let written = number + (unit ? words.popFirst() ?? "" : "")
    return BenchLimit.Term(
      quantity: quantity, relation: relation, bound: try bound(written, of: quantity, called: name))
  }

  private static func quantity(_ name: String) throws(LimitError) -> BenchLimit.Quantity {
    if name == "errors" { return .errors }
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    let suffix = parts.count > 1 ? parts[1] : ""
    if parts.first == "late_frames" {
      let cushions = Playout.cushions
      guard let cushion = cushions.first(where: { Figures.shortest($0) == suffix }) else {
        let known = cushions.map { "late_frames.\(Figures.shortest($0))" }
        throw LimitError(expected: "one of " + known.joined(separator: ", "))
      }
      return .lateFrames(cushion: cushion)
    }
    guard let metric = Metric(rawValue: parts.first ?? "") else {
      let known = Metric.allCases.map(\.rawValue) + ["late_frames", "errors"]
      let meant = nearest(to: parts.first ?? "", in: known, limit: 1).first
      throw LimitError(
        expected: "a metric such as " + known.joined(separator: ", "),
        hint: meant.map { "Did you mean \($0)?" })
    }
    guard let statistic = BenchLimit.Statistic(rawValue: suffix) else {
      let known = BenchLimit.Statistic.allCases.map { "\(metric.rawValue).\($0.rawValue)" }
      throw LimitError(expected: "one of " + known.joined(separator: ", "))
    }
    return .metric(metric, statistic)
  }

  private static func bound(
    _ text: String, of quantity: BenchLimit.Quantity, called name: String
  ) throws(LimitError) -> Double {
    let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
    let unit = String(text.dropFirst(digits.count))
    let units = units(of: quantity)
    guard let number = Double(digits), number.isFinite, let scale = units[unit] else {
      let known = units.keys.filter { !$0.isEmpty }.sorted()
      let expected =
        known.isEmpty
        ? "a number without a unit" : "a number with \(known.joined(separator: " or "))"
      throw LimitError(expected: "\(expected) for \(name)")
    }
    return number * scale
  }

  /// Milliseconds of each unit of time.
  private static let times: [String: Double] = {
    let units = Measures.TimeUnit.allCases.map { ($0.rawValue, $0.microseconds / 1000) }
    return Dictionary(uniqueKeysWithValues: units + [("µs", 0.001)])
  }()

  private static func units(of quantity: BenchLimit.Quantity) -> [String: Double] {
    switch quantity {
    case .errors, .metric(_, .n): ["": 1]
    case .lateFrames: ["%": 1]
    case .metric(let metric, _):
      switch metric.unit {
      case .milliseconds: times
      case .ratio: ["": 1]
      }
    }
  }
}
