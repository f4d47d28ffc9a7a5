import Glibc
import KugelQueue
import KugelSystem
import KugelWire

/// The item that was said last, as it was received.
package final class LastSound {
  /// What stands before its samples.
  package struct Title: Equatable, Sendable {
    /// Hz, and channels interleaved.
    package var rate: Int
    package var channels: Int
    package var text: String?
    package var source: String?
    /// Of the item's samples, those that are kept, and how many the file holds at most.
    package var samples = 0..<0
    var capacity = 1
    /// Sentences begin here.
    package var marks: [Int] = []

    package init(rate: Int, channels: Int) {
      self.rate = rate
      self.channels = channels
    }
  }

  package let title: Title
  private let file: CInt

  static func path(in folder: String) -> String { folder + "/last" }

  /// - Returns: nil when there is none.
  package init?(in folder: String) {
    guard let file = try? Descriptor.open(Self.path(in: folder), O_RDONLY) else { return nil }
    self.file = file
    var header = [UInt8](repeating: 0, count: SoundMemory.headerSize)
    let read = unsafe header.withUnsafeMutableBytes { bytes in
      try? unsafe Descriptor.read(file, into: bytes, at: 0)
    }
    guard read == header.count, let title = Title(json: header) else {
      close(file)
      return nil
    }
    self.title = title
  }

  deinit { close(file) }

  /// - Parameter position: within `title.samples`.
  /// - Returns: so many, or fewer; none behind the end.
  package func read(from position: Int, count: Int) -> [Int16] {
    let place = position % title.capacity
    let limit = min(count, title.samples.upperBound - position, title.capacity - place)
    return limit > 0 ? RingFile.read(file, at: place, count: limit) : []
  }
}

extension LastSound.Title {
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("rate", rate)
      writer.field("channels", channels)
      writer.field("text", text)
      writer.field("from", source)
      writer.field("begin", samples.lowerBound)
      writer.field("end", samples.upperBound)
      writer.field("capacity", capacity)
      // As many as surely find room.
      writer.field("marks", Array(marks.suffix(200)))
    }
    return writer.bytes
  }

  init?(json: [UInt8]) {
    let read = try? unsafe json.withUnsafeBufferPointer { bytes in
      try unsafe withWireObject(bytes) { fields -> LastSound.Title? in
        guard let rate = try fields.integer("rate"), rate > 0,
          let channels = try fields.integer("channels"), (1...8).contains(channels),
          let begin = try fields.integer("begin"), let end = try fields.integer("end"),
          let capacity = try fields.integer("capacity"), capacity > 0, 0 <= begin, begin <= end
        else { return nil }
        var title = LastSound.Title(rate: rate, channels: channels)
        title.samples = begin..<end
        title.capacity = capacity
        title.text = try fields.string("text")
        title.source = try fields.string("from")
        title.marks = try fields.integers("marks") ?? []
        return title
      }
    }
    guard let title = read ?? nil else { return nil }
    self = title
  }
}
