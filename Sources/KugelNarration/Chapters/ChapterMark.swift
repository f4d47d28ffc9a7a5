/// A chapter of a joined file, and what the file is called.
package struct ChapterMark: Equatable, Sendable {
  /// Samples of the file before it.
  package var start: Int
  package var title: String

  package init(start: Int, title: String) {
    self.start = start
    self.title = title
  }
}

/// What a joined file tells of itself.
package struct BookTags: Equatable, Sendable {
  package var title: String?
  package var author: String?
  package var chapters: [ChapterMark] = []
  /// A picture in JPEG or PNG.
  package var cover: [UInt8]?
  /// Hz, of the chapters' places.
  package var rate = 0
  /// Samples of the file.
  package var samples = 0

  package init() {}

  package var coverType: String? {
    guard let cover else { return nil }
    if cover.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    return cover.starts(with: [0x89, 0x50, 0x4E, 0x47]) ? "image/png" : nil
  }

  func milliseconds(_ samples: Int) -> Int { rate == 0 ? 0 : samples * 1000 / rate }
}

/// Numbers as files hold them.
struct ByteWriter {
  var bytes: [UInt8] = []

  mutating func little(_ value: Int, _ count: Int) {
    for shift in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * shift))) }
  }

  mutating func big(_ value: Int, _ count: Int) {
    for shift in (0..<count).reversed() {
      bytes.append(UInt8(truncatingIfNeeded: value >> (8 * shift)))
    }
  }

  mutating func text(_ text: String) { bytes += Array(text.utf8) }
}
