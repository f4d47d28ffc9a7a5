import KugelWire

/// How far somebody who speaks has come.
package struct SpeechReport: Equatable, Sendable {
  package var isPaused = false
  /// Seconds heard.
  package var heard = 0.0
  /// Seconds received and not yet heard.
  package var left = 0.0
  /// More sound will come.
  package var isGrowing = false
  /// Of what was said, as far as it is known.
  package var title: String?

  package init() {}

  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("paused", isPaused)
      writer.field("heard", heard)
      writer.field("left", left)
      writer.field("growing", isGrowing)
      writer.field("text", title)
    }
    return writer.bytes
  }

  package init?(json: [UInt8]) {
    let read = try? unsafe json.withUnsafeBufferPointer { bytes in
      try unsafe withWireObject(bytes) { fields -> SpeechReport? in
        guard let heard = try fields.number("heard"), let left = try fields.number("left") else {
          return nil
        }
        var report = SpeechReport()
        (report.heard, report.left) = (heard, left)
        report.isPaused = try fields.flag("paused")
        report.isGrowing = try fields.flag("growing")
        report.title = try fields.string("text")
        return report
      }
    }
    guard let report = read ?? nil else { return nil }
    self = report
  }
}
