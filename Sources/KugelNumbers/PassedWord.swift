import KugelText

/// Words that no number is looked for in: addresses, and the rest of what was let go before it was whole.
struct PassedWord: Sendable {
  private enum State { case none, torn, gap, address }

  private var state = State.none

  /// Whether a scalar belongs to such a word.
  ///
  /// - Parameters:
  ///   - before: the scalar before it.
  ///   - isScheme: a colon stands before that.
  mutating func passes(
    _ scalar: Unicode.Scalar, after before: Unicode.Scalar, isScheme: Bool
  ) -> Bool {
    switch state {
    case .none:
      guard scalar == "/", before == "/", isScheme else { return false }
      state = .address
    case .address:
      guard !scalar.isWhite, scalar != "<", scalar != ">", scalar != "\"", scalar != "”",
        scalar != "»"
      else {
        state = .none
        return false
      }
    case .torn:
      // "1 000" may be torn at its blank, too.
      if scalar.isWhite { state = before.isDigit ? .gap : .none }
    case .gap:
      guard scalar.isDigit else {
        state = .none
        return false
      }
      state = .torn
    }
    return true
  }

  /// What was read was let go, and its last word may go on.
  mutating func release(after last: Unicode.Scalar?, _ before: Unicode.Scalar?) {
    guard state == .none || state == .torn, let last else { return }
    if !last.isWhite {
      state = .torn
    } else if let before, before.isDigit {
      state = .gap
    }
  }

  mutating func end() { state = .none }
}
