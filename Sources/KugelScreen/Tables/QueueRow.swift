import KugelQueue
import KugelText
import KugelWire

/// A line of the queue as people and programs read it. Pure.
package struct QueueRow: Equatable {
  /// Characters that are spoken in a second, about.
  private static let pace = 15.0

  package var item: QueueItem
  /// `speaking`, `paused`, `waiting`, `suspended`.
  package var state: String
  /// Seconds.
  package var age: Double
  package var heard: Double?
  package var left: Double?
  package var isGrowing = false
  package var isEstimated = false

  /// - Parameters:
  ///   - report: of one that speaks; nil where there is none.
  ///   - now: nanoseconds, as `arrival`.
  package init(_ entry: QueueRules.Entry, report: SpeechReport?, at now: Int) {
    item = entry.item
    age = Double(max(0, now - entry.item.arrival)) / 1e9
    state =
      entry.condition == .suspended
      ? "suspended" : report?.isPaused == true ? "paused" : entry.item.state.rawValue
    if let report {
      (heard, left, isGrowing) = (report.heard, report.left, report.isGrowing)
    } else if let characters = entry.item.wish.characters {
      (left, isEstimated) = (Double(characters) / Self.pace, true)
    }
  }

  package static func table(_ rows: [QueueRow], within width: Int? = nil) -> String {
    guard !rows.isEmpty else { return "" }
    return Columns.text(
      [["ID", "STATE", "FROM", "PRIORITY", "AGE", "LEFT", "TEXT"]] + rows.map(\.cells),
      within: width)
  }

  private var cells: [String] {
    [
      "\(item.id)", state, item.wish.source?.printable ?? "-", item.wish.priority.rawValue,
      StatusLine.clock(age),
      left.map { (isEstimated ? "~" : "") + StatusLine.clock($0) + (isGrowing ? "+" : "") } ?? "-",
      item.wish.title?.printable ?? "-",
    ]
  }

  package static func json(_ rows: [QueueRow]) -> String {
    guard !rows.isEmpty else { return "[]\n" }
    return "[\n" + rows.map { "  " + $0.json }.joined(separator: ",\n") + "\n]\n"
  }

  private var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("id", Int(item.id))
      writer.field("process", Int(item.process))
      writer.field("state", state)
      writer.field("from", item.wish.source)
      writer.field("priority", item.wish.priority.rawValue)
      writer.field("since", item.date)
      writer.field("age", Self.tenths(age))
      writer.field("heard", heard.map(Self.tenths))
      writer.field("left", left.map(Self.tenths))
      writer.field("growing", isGrowing)
      writer.field("chars", item.wish.characters)
      writer.field("text", item.wish.title)
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func tenths(_ seconds: Double) -> Double { (seconds * 10).rounded() / 10 }
}
