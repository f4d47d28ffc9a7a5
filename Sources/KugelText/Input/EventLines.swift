/// The events of a body of `text/event-stream`, as it comes: the joined `data` lines of each.
///
/// Source: WHATWG HTML, section 9.2.6; OpenAI notes, section 3.2.
package struct EventLines: Equatable, Sendable {
  private var line: [UInt8] = []
  private var data: [UInt8] = []
  private var hasData = false
  private var endedWithReturn = false

  package init() {}

  /// Bytes of one event that are too many to be one.
  package static let longest = 16 << 20

  /// - Returns: the events that are complete; nil when one is endless.
  package mutating func read(_ bytes: [UInt8]) -> [[UInt8]]? {
    var events: [[UInt8]] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A || byte == 0x0D {
      defer { start = index + 1 }
      // A line feed behind a carriage return is its other half.
      if byte == 0x0A, index == start, line.isEmpty, endedWithReturn {
        endedWithReturn = false
        continue
      }
      line += bytes[start..<index]
      if let event = endLine() { events.append(event) }
      endedWithReturn = byte == 0x0D
    }
    if start < bytes.count {
      line += bytes[start...]
      endedWithReturn = false
    }
    return line.count + data.count > Self.longest ? nil : events
  }

  /// The last event, where no blank line ended it.
  package mutating func finish() -> [UInt8]? {
    if !line.isEmpty { _ = endLine() }
    return endLine()
  }

  private mutating func endLine() -> [UInt8]? {
    defer { line.removeAll(keepingCapacity: true) }
    guard !line.isEmpty else {
      defer { (data, hasData) = ([], false) }
      return hasData ? data : nil
    }
    let field = Array("data:".utf8)
    guard line.starts(with: field) else { return nil }
    var value = line[field.count...]
    if value.first == 0x20 { value.removeFirst() }
    if hasData { data.append(0x0A) }
    data += value
    hasData = true
    return nil
  }
}
