/// Reads server-sent events that come in pieces cut anywhere.
///
/// Lines end with CR, LF or both; a blank line ends an event; lines that begin with a colon are comments;
/// a byte order mark at the start is skipped. Several `data` lines of one event are joined with a newline.
///
/// Source: HTML standard, section 9.2 (server-sent events); stream notes, common ground.
struct EventStreamReader: Sendable {
  enum Item: Equatable, Sendable {
    /// The data of one event; its type is said in the data of every format that is read here.
    case data([UInt8], line: Int)
    /// A field `error`, which old builds of llama.cpp write beside the events.
    case errorField([UInt8], line: Int)
    /// An event that is longer than anything an answer holds.
    case tooLong(line: Int)
    /// A line that is neither a comment nor a field that an event may have.
    case stray(line: Int)
  }

  private var lines: LineReader
  private var data: [UInt8]?
  /// Where the event under way begins.
  private var line = 0
  private var isTooLong = false

  init(limit: Int = LineReader.usualLimit, firstLine: Int = 1) {
    lines = LineReader(limit: limit, firstLine: firstLine, endsAtReturn: true)
  }

  mutating func read(_ bytes: some Collection<UInt8>) -> [Item] {
    lines.read(bytes).compactMap { take($0) }
  }

  /// The standard drops what no blank line ended; but an event that is whole is not a word less true.
  mutating func finish() -> [Item] {
    var items = lines.finish().compactMap { take($0) }
    if let last = dispatch() { items.append(last) }
    return items
  }

  private mutating func take(_ line: LineReader.Line) -> Item? {
    guard case .bytes(let bytes, let number) = line else {
      begin(at: line.number)
      isTooLong = true
      return nil
    }
    if bytes.isEmpty { return dispatch() }
    if bytes.first == UInt8(ascii: ":") { return nil }
    let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
    var value = bytes[colon...].dropFirst()
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    switch String(decoding: bytes[..<colon], as: UTF8.self) {
    case "data":
      begin(at: number)
      guard (data?.count ?? 0) + value.count < lines.limit else {
        isTooLong = true
        return nil
      }
      if data != nil { data?.append(UInt8(ascii: "\n")) }
      data = (data ?? []) + value
    case "error": return .errorField(Array(value), line: number)
    case "event", "id", "retry": break
    default: return .stray(line: number)
    }
    return nil
  }

  private mutating func begin(at number: Int) {
    if data == nil, !isTooLong { line = number }
  }

  private mutating func dispatch() -> Item? {
    defer { (data, isTooLong) = (nil, false) }
    if isTooLong { return .tooLong(line: line) }
    return data.map { .data($0, line: line) }
  }
}
