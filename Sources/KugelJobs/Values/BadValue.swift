import KugelText
import KugelWire

/// A value that an option cannot take.
package struct BadValue: Error, Equatable, Sendable {
  /// What it takes, fit for "--rate takes …".
  package let expected: String
  package var hint: String?

  package init(expected: String, hint: String? = nil) {
    self.expected = expected
    self.hint = hint
  }
}

extension BadValue {
  /// Of a time; fits after "takes".
  package static func time(in range: ClosedRange<Duration>) -> String {
    range.upperBound >= Measures.longest
      ? Measures.timeForm
      : "\(range.lowerBound.asWritten) to \(range.upperBound.asWritten), as \(Measures.timeForm)"
  }

  /// Names every choice, and the one that may have been meant.
  package init(unknown text: String, of choices: [Choice]) {
    let meant = nearest(to: text, in: choices.map(\.word), limit: 1).first
    self.init(
      expected: choices.map(\.shown).joined(separator: ", "),
      hint: meant.map { "Did you mean \($0)?" })
  }
}
