/// Finds a body's end and undoes its chunks. Pure.
///
/// Source: RFC 9112, sections 6 and 7.1.
struct BodyDecoder {
  enum Step: Equatable {
    case needsMore
    case end
    case flaw(String)
  }

  struct Flaw: Error, Equatable {
    var status: Int
    var why: String
  }

  private enum State {
    case bytes(Int)
    case chunkSize
    case chunk(Int)
    case chunkEnd
    case trailer
  }

  private static let lineLimit = 1024
  private var state: State

  /// As the headers announce the body; both ways at once are refused, for one of two readers would
  /// be fooled.
  static func of(_ headers: HTTPHeaders) -> Result<BodyDecoder, Flaw> {
    let lengths = headers.fields.filter { $0.name.lowercased() == "content-length" }.map(\.value)
    let codings = headers.fields.filter { $0.name.lowercased() == "transfer-encoding" }.map(\.value)
    if !codings.isEmpty {
      guard lengths.isEmpty else {
        return .failure(Flaw(status: 400, why: "both a length and a transfer coding"))
      }
      guard codings.count == 1, codings[0].lowercased() == "chunked" else {
        return .failure(Flaw(status: 501, why: "an unknown transfer coding"))
      }
      return .success(BodyDecoder(state: .chunkSize))
    }
    guard let text = lengths.first else { return .success(BodyDecoder(state: .bytes(0))) }
    guard lengths.allSatisfy({ $0 == text }), !text.isEmpty,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let length = Int(text)
    else { return .failure(Flaw(status: 400, why: "a content-length that is no number")) }
    return .success(BodyDecoder(state: .bytes(length)))
  }

  /// Bytes to come, where that is known.
  var length: Int? {
    if case .bytes(let count) = state { count } else { nil }
  }

  /// Moves what belongs to the body from `input` to `body`.
  mutating func take(_ input: inout [UInt8], into body: inout [UInt8]) -> Step {
    var used = 0
    defer { input.removeFirst(used) }
    body.reserveCapacity(body.count + input.count)
    while true {
      switch state {
      case .bytes(let left):
        let count = min(left, input.count - used)
        body.append(contentsOf: input[used..<(used + count)])
        used += count
        state = .bytes(left - count)
        return left == count ? .end : .needsMore
      case .chunkSize:
        guard let line = line(of: input, from: &used) else { return shortOrFlaw(input, used) }
        let digits = line.prefix { hexDigit($0) != nil }
        guard !digits.isEmpty, digits.count <= 8 else { return .flaw("a chunk without a size") }
        let after = line.dropFirst(digits.count).first
        guard after == nil || after == UInt8(ascii: ";") || after == 0x20 else {
          return .flaw("a chunk without a size")
        }
        let size = digits.reduce(0) { $0 << 4 | Int(hexDigit($1) ?? 0) }
        state = size == 0 ? .trailer : .chunk(size)
      case .chunk(let left):
        let count = min(left, input.count - used)
        body.append(contentsOf: input[used..<(used + count)])
        used += count
        guard left == count else {
          state = .chunk(left - count)
          return .needsMore
        }
        state = .chunkEnd
      case .chunkEnd:
        guard let line = line(of: input, from: &used) else { return shortOrFlaw(input, used) }
        guard line.isEmpty else { return .flaw("a chunk longer than its size") }
        state = .chunkSize
      case .trailer:
        guard let line = line(of: input, from: &used) else { return shortOrFlaw(input, used) }
        if line.isEmpty { state = .bytes(0) }
      }
    }
  }

  private func shortOrFlaw(_ input: [UInt8], _ used: Int) -> Step {
    input.count - used > Self.lineLimit ? .flaw("a chunk line without end") : .needsMore
  }

  /// The next line without its end, and past it.
  private func line(of input: [UInt8], from used: inout Int) -> ArraySlice<UInt8>? {
    guard let end = input[used...].firstIndex(of: 0x0A), end > used, input[end - 1] == 0x0D
    else { return nil }
    defer { used = end + 1 }
    return input[used..<(end - 1)]
  }
}
