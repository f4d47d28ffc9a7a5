/// Finds where the JSON object ends with which an input begins, over as many lines as it is written on.
///
/// It looks at braces and quotes only. What is no JSON for certain is given up at once.
struct FirstObject: Sendable {
  enum Finding: Equatable, Sendable {
    /// More has to come.
    case undecided
    /// The object, and where in the input it stands.
    case object(Range<Int>)
    /// There is none.
    case absent
  }

  /// Bytes that may be held before it is decided.
  static let limit = 1 << 20

  private(set) var held: [UInt8] = []
  private var position = 0
  private var start: Int?
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private(set) var finding = Finding.undecided

  mutating func read(_ bytes: some Collection<UInt8>) -> Finding {
    held += bytes
    guard finding == .undecided else { return finding }
    if start == nil {
      guard let brace = Self.firstMark(in: held) else {
        if held.count > Self.limit { finding = .absent }
        return finding
      }
      finding = held[brace] == UInt8(ascii: "{") ? .undecided : .absent
      (start, position) = (brace, brace)
    }
    while finding == .undecided, position < held.count {
      step(held[position])
      position += 1
    }
    if finding == .undecided, held.count > Self.limit { finding = .absent }
    return finding
  }

  private mutating func step(_ byte: UInt8) {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      } else if byte == UInt8(ascii: "\n") {
        // No string of JSON goes over the end of a line.
        finding = .absent
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      if depth == 0, let start { finding = .object(start..<(position + 1)) }
    default:
      // Behind the first brace stands a name or the other brace.
      if depth == 1, let start, !byte.isBlank, held[(start + 1)..<position].allSatisfy(\.isBlank) {
        finding = .absent
      }
    }
  }

  /// The first byte that is neither white space nor of a byte order mark, as far as that has come.
  static func firstMark(in bytes: [UInt8]) -> Int? {
    if byteOrderMark.starts(with: bytes) { return nil }
    let start = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    return bytes[start...].firstIndex { !$0.isBlank }
  }
}
