import KugelSession
import KugelWire

/// What a script says about its last turn: `first-sound < 300ms`, `text ~ WORD`.
package struct Expectation: Equatable, Sendable {
  package enum Subject: String, CaseIterable, Sendable {
    case firstByte = "first-byte"
    case firstSound = "first-sound"
    case audio, chars, gaps, segments, text, heard, unheard, ending

    var kind: Kind {
      switch self {
      case .firstByte, .firstSound, .audio: .time
      case .chars, .gaps, .segments: .count
      case .text, .heard, .unheard, .ending: .text
      }
    }
  }

  enum Kind { case time, count, text }

  package enum Comparison: String, CaseIterable, Sendable {
    case less = "<"
    case notMore = "<="
    case more = ">"
    case notLess = ">="
    case equal = "="
    case different = "!="
    case contains = "~"
    case lacks = "!~"
  }

  package enum Value: Equatable, Sendable {
    case time(Duration)
    case count(Int)
    case text(String)
  }

  package let subject: Subject
  package let comparison: Comparison
  package let value: Value
  /// As it was written, for the reply.
  package let source: String

  package init(_ source: String) throws(ConversationProblem) {
    let words = try Quoting.words(source)
    guard words.count == 3 else {
      throw ConversationProblem("expect takes three words, such as: first-sound < 300ms")
    }
    guard let subject = Subject(rawValue: words[0]) else {
      throw ConversationProblem(
        "\(Quoting.quote(words[0])) cannot be expected; known are "
          + Subject.allCases.map(\.rawValue).joined(separator: " "))
    }
    guard let comparison = Comparison(rawValue: words[1]) else {
      throw ConversationProblem(
        "\(Quoting.quote(words[1])) compares nothing; known are "
          + Comparison.allCases.map(\.rawValue).joined(separator: " "))
    }
    guard (subject.kind == .text) == comparison.isOfTexts || comparison.isOfEverything else {
      throw ConversationProblem("\(words[0]) cannot be compared by \(words[1])")
    }
    self.subject = subject
    self.comparison = comparison
    self.source = source
    switch subject.kind {
    case .time:
      guard let duration = Measures.duration(words[2]) else {
        throw ConversationProblem("\(words[0]) is compared with \(Measures.timeForm)")
      }
      value = .time(duration)
    case .count:
      guard let count = Int(words[2]) else {
        throw ConversationProblem("\(words[0]) is compared with a whole number")
      }
      value = .count(count)
    case .text: value = .text(words[2])
    }
  }

  /// - Parameter actual: nil is a value that is not known, or not yet; that never meets.
  package func isMet(by actual: Value?) -> Bool {
    switch (actual, value) {
    case (.time(let actual), .time(let wanted)): compare(actual, wanted)
    case (.count(let actual), .count(let wanted)): compare(actual, wanted)
    case (.text(let actual), .text(let wanted)): compare(actual, with: wanted)
    default: false
    }
  }

  private func compare<Quantity: Comparable>(_ actual: Quantity, _ wanted: Quantity) -> Bool {
    switch comparison {
    case .less: actual < wanted
    case .notMore: actual <= wanted
    case .more: actual > wanted
    case .notLess: actual >= wanted
    case .equal: actual == wanted
    case .different: actual != wanted
    case .contains, .lacks: false
    }
  }

  /// Letter case counts in neither.
  private func compare(_ actual: String, with wanted: String) -> Bool {
    let (actual, wanted) = (actual.lowercased(), wanted.lowercased())
    return switch comparison {
    case .contains: wanted.isEmpty || actual.contains(wanted)
    case .lacks: !(wanted.isEmpty || actual.contains(wanted))
    case .equal: actual == wanted
    case .different: actual != wanted
    case .less, .notMore, .more, .notLess: false
    }
  }
}

extension Expectation.Comparison {
  fileprivate var isOfTexts: Bool { self == .contains || self == .lacks }
  fileprivate var isOfEverything: Bool { self == .equal || self == .different }
}

extension Expectation.Value {
  package var text: String {
    switch self {
    case .time(let duration): "\(duration.milliseconds.text(digits: 0))ms"
    case .count(let count): "\(count)"
    case .text(let text): Quoting.quote(text)
    }
  }
}
