/// What stands before the sound of an MP3 file: title, author, cover and chapters.
///
/// Source: ID3 tag version 2.4.0; ID3v2 Chapter Frame Addendum 1.0.
package enum ID3Chapters {
  package static func tag(_ tags: BookTags) -> [UInt8] {
    var frames: [UInt8] = []
    if let title = tags.title { frames += words("TIT2", title) }
    if let author = tags.author { frames += words("TPE1", author) }
    if !tags.chapters.isEmpty {
      var contents = ByteWriter()
      contents.text("toc")
      contents.bytes += [0, 3, UInt8(min(255, tags.chapters.count))]
      for index in tags.chapters.indices.prefix(255) {
        contents.text("chp\(index)")
        contents.bytes.append(0)
      }
      frames += frame("CTOC", contents.bytes)
    }
    for (index, chapter) in tags.chapters.enumerated() {
      let end = index + 1 < tags.chapters.count ? tags.chapters[index + 1].start : tags.samples
      var content = ByteWriter()
      content.text("chp\(index)")
      content.bytes.append(0)
      content.big(tags.milliseconds(chapter.start), 4)
      content.big(tags.milliseconds(end), 4)
      content.bytes += [UInt8](repeating: 0xFF, count: 8)
      content.bytes += words("TIT2", chapter.title)
      frames += frame("CHAP", content.bytes)
    }
    if let cover = tags.cover, let type = tags.coverType {
      var content = ByteWriter()
      content.bytes.append(3)
      content.text(type)
      content.bytes += [0, 3, 0]
      content.bytes += cover
      frames += frame("APIC", content.bytes)
    }
    guard !frames.isEmpty else { return [] }
    return Array("ID3".utf8) + [4, 0, 0] + synchsafe(frames.count) + frames
  }

  private static func words(_ name: String, _ text: String) -> [UInt8] {
    frame(name, [3] + Array(text.utf8))
  }

  private static func frame(_ name: String, _ content: [UInt8]) -> [UInt8] {
    Array(name.utf8) + synchsafe(content.count) + [0, 0] + content
  }

  /// Seven bits to a byte.
  private static func synchsafe(_ value: Int) -> [UInt8] {
    [21, 14, 7, 0].map { UInt8(value >> $0 & 0x7F) }
  }
}
