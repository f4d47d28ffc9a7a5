import KugelWire

/// Something that is spoken or waits for that, as the processes of a user tell one another of it.
package struct QueueItem: Equatable, Sendable {
  package enum State: String, Sendable { case waiting, speaking }

  /// Tells it from all others that are there.
  package var id: Int32
  package var process: Int32
  package var state = State.waiting
  package var wish: QueueWish
  /// Since the machine was started, nanoseconds: the same clock for all processes.
  package var arrival: Int
  /// The same moment in seconds since 1970.
  package var date: Int

  package init(id: Int32, process: Int32, wish: QueueWish, arrival: Int, date: Int) {
    self.id = id
    self.process = process
    self.wish = wish
    self.arrival = arrival
    self.date = date
  }

  /// Who is let in before whom: by priority, then who came first.
  package func precedes(_ other: QueueItem) -> Bool {
    (wish.priority, arrival, id) < (other.wish.priority, other.arrival, other.id)
  }
}

// As it stands in its file.
extension QueueItem {
  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("id", Int(id))
      writer.field("process", Int(process))
      writer.field("state", state.rawValue)
      writer.field("from", wish.source)
      writer.field("priority", wish.priority.rawValue)
      writer.field("replaces", wish.replaces)
      writer.field("drop_after_ms", wish.dropAfter.map { Int($0 / .milliseconds(1)) })
      writer.field("text", wish.title)
      writer.field("chars", wish.characters)
      writer.field("arrival", arrival)
      writer.field("since", date)
    }
    return writer.bytes
  }

  /// - Returns: nil for anything that no kugel wrote.
  package init?(json: [UInt8]) {
    let read = try? unsafe json.withUnsafeBufferPointer { bytes in
      try unsafe withWireObject(bytes) { fields -> QueueItem? in
        guard let id = try fields.integer("id").flatMap(Int32.init(exactly:)),
          let process = try fields.integer("process").flatMap(Int32.init(exactly:)),
          let state = try fields.string("state").flatMap(State.init),
          let arrival = try fields.integer("arrival"), let date = try fields.integer("since")
        else { return nil }
        var wish = QueueWish()
        wish.source = try fields.string("from")
        wish.priority = try fields.string("priority").flatMap(QueueWish.Priority.init) ?? .normal
        wish.replaces = try fields.flag("replaces")
        wish.dropAfter = try fields.integer("drop_after_ms").map { .milliseconds($0) }
        wish.title = try fields.string("text")
        wish.characters = try fields.integer("chars")
        var item = QueueItem(id: id, process: process, wish: wish, arrival: arrival, date: date)
        item.state = state
        return item
      }
    }
    guard let item = read ?? nil else { return nil }
    self = item
  }
}
