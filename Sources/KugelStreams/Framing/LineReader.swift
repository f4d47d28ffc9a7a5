/// Parts bytes that come in pieces cut anywhere into lines, and holds no more than one of them.
struct LineReader: Sendable {
  enum Line: Equatable, Sendable {
    /// Without its end; lines count from 1.
    case bytes([UInt8], number: Int)
    /// Longer than the limit; it was read past.
    case tooLong(number: Int)

    var number: Int {
      switch self {
      case .bytes(_, let number), .tooLong(let number): number
      }
    }
  }

  /// Bytes of a line. What agents tell of a tool may hold a picture; an answer is never so long.
  static let usualLimit = 16 << 20

  let limit: Int
  /// Whether a lone CR ends a line too.
  private let endsAtReturn: Bool
  private var held: [UInt8] = []
  private var number: Int
  private var isTooLong = false
  /// The last byte was a CR that ended a line: an LF that follows belongs to it.
  private var isAfterReturn = false
  private var hasBegun = false

  init(limit: Int = usualLimit, firstLine: Int = 1, endsAtReturn: Bool = false) {
    self.limit = limit
    self.endsAtReturn = endsAtReturn
    number = firstLine
  }

  mutating func read(_ bytes: some Collection<UInt8>) -> [Line] {
    var lines: [Line] = []
    var rest = Array(bytes)[...]
    while let first = rest.first {
      if isAfterReturn {
        isAfterReturn = false
        if first == UInt8(ascii: "\n") {
          rest = rest.dropFirst()
          continue
        }
      }
      guard let end = end(in: rest) else {
        hold(rest)
        break
      }
      hold(rest[..<end])
      isAfterReturn = rest[end] == UInt8(ascii: "\r")
      rest = rest[(end + 1)...]
      lines.append(line())
    }
    return lines
  }

  /// What is left when no more comes; nothing where the input ended with a line.
  mutating func finish() -> [Line] { held.isEmpty && !isTooLong ? [] : [line()] }

  private func end(in bytes: ArraySlice<UInt8>) -> Int? {
    endsAtReturn
      ? bytes.firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      : bytes.firstIndex(of: UInt8(ascii: "\n"))
  }

  private mutating func hold(_ bytes: ArraySlice<UInt8>) {
    guard !isTooLong, held.count + bytes.count <= limit else {
      isTooLong = true
      held = []
      return
    }
    held += bytes
  }

  private mutating func line() -> Line {
    defer {
      number += 1
      held = []
      isTooLong = false
    }
    if isTooLong { return .tooLong(number: number) }
    if !hasBegun {
      hasBegun = true
      if held.starts(with: byteOrderMark) { held.removeFirst(3) }
    }
    return .bytes(held, number: number)
  }
}

/// Of UTF-8.
let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
