import KugelReading

/// What is to be told of a text's bytes.
package enum InputRemark: Equatable, Sendable {
  /// It is not UTF-8 from this byte on.
  case invalid(offset: Int)
  /// It has no mark that says so.
  case guessed(TextEncoding)

  /// - Parameter name: of the input.
  package func sentence(about name: String) -> String {
    switch self {
    case .invalid(let offset):
      "\(name) is not UTF-8 at byte \(offset); a replacement character stands there"
    case .guessed(let encoding):
      "\(name) has a zero in every other byte and is taken for \(encoding.rawValue)"
    }
  }
}

extension TextDecoder {
  /// What is to be told of what was decoded.
  package var remarks: [InputRemark] {
    let guess = isGuessed ? encoding.map { InputRemark.guessed($0) } : nil
    return [guess, firstInvalidOffset.map { .invalid(offset: $0) }].compactMap(\.self)
  }
}
