/// Chapters of a WAV file: cue points with labels, behind the sound.
///
/// Source: Multimedia Programming Interface and Data Specifications 1.0, "cue-points", "adtl"; EBU Tech 3306.
package enum WaveChapters {
  /// - Returns: the chunks that follow the file's last byte, of even length.
  package static func chunks(_ tags: BookTags) -> [UInt8] {
    var writer = ByteWriter()
    if !tags.chapters.isEmpty {
      writer.text("cue ")
      writer.little(4 + 24 * tags.chapters.count, 4)
      writer.little(tags.chapters.count, 4)
      for (index, chapter) in tags.chapters.enumerated() {
        writer.little(index + 1, 4)
        writer.little(chapter.start, 4)
        writer.text("data")
        writer.little(0, 4)
        writer.little(0, 4)
        writer.little(chapter.start, 4)
      }
      var labels = ByteWriter()
      for (index, chapter) in tags.chapters.enumerated() {
        labels.chunk("labl", numbered: index + 1, chapter.title)
      }
      writer.list("adtl", labels.bytes)
    }
    var information = ByteWriter()
    if let title = tags.title { information.chunk("INAM", numbered: nil, title) }
    if let author = tags.author { information.chunk("IART", numbered: nil, author) }
    if !information.bytes.isEmpty { writer.list("INFO", information.bytes) }
    return writer.bytes
  }

  /// Where the file's length stands that has grown, and what stands there now.
  ///
  /// - Parameters:
  ///   - head: its first 32 bytes.
  ///   - length: bytes of the whole file.
  /// - Returns: nil when it is no such file.
  package static func length(_ head: [UInt8], _ length: Int) -> (offset: Int, bytes: [UInt8])? {
    guard head.count >= 32, head[8..<12].elementsEqual("WAVE".utf8) else { return nil }
    var writer = ByteWriter()
    if head.starts(with: Array("RIFF".utf8)) {
      writer.little(length - 8, 4)
      return (4, writer.bytes)
    }
    guard head.starts(with: Array("RF64".utf8)), head[12..<16].elementsEqual("ds64".utf8) else {
      return nil
    }
    writer.little(length - 8, 8)
    return (20, writer.bytes)
  }
}

extension ByteWriter {
  fileprivate mutating func chunk(_ name: String, numbered number: Int?, _ words: String) {
    let content = Array(words.utf8) + [0]
    text(name)
    little(content.count + (number == nil ? 0 : 4), 4)
    if let number { little(number, 4) }
    bytes += content
    if content.count % 2 == 1 { bytes.append(0) }
  }

  fileprivate mutating func list(_ kind: String, _ content: [UInt8]) {
    text("LIST")
    little(4 + content.count, 4)
    text(kind)
    bytes += content
  }
}
