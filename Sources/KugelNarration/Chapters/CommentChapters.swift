/// Chapters in the comments of FLAC and Ogg files.
///
/// Source: xiph.org, "Ogg Vorbis I format specification: comment field", and "Chapter Extension".
package enum CommentChapters {
  /// - Returns: `NAME=value` each.
  package static func comments(_ tags: BookTags) -> [String] {
    var comments: [String] = []
    if let title = tags.title { comments.append("TITLE=\(title)") }
    if let author = tags.author { comments.append("ARTIST=\(author)") }
    for (index, chapter) in tags.chapters.enumerated() {
      let number = padded(index + 1, 3)
      comments.append("CHAPTER\(number)=\(clock(tags.milliseconds(chapter.start)))")
      comments.append("CHAPTER\(number)NAME=\(chapter.title)")
    }
    return comments
  }

  /// The block that holds them, without its head.
  package static func block(vendor: String, _ comments: [String]) -> [UInt8] {
    var writer = ByteWriter()
    writer.little(vendor.utf8.count, 4)
    writer.text(vendor)
    writer.little(comments.count, 4)
    for comment in comments {
      writer.little(comment.utf8.count, 4)
      writer.text(comment)
    }
    return writer.bytes
  }

  private static func clock(_ time: Int) -> String {
    "\(padded(time / 3_600_000, 2)):\(padded(time / 60_000 % 60, 2)):"
      + "\(padded(time / 1000 % 60, 2)).\(padded(time % 1000, 3))"
  }

  private static func padded(_ number: Int, _ count: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }
}

/// The metadata of a FLAC file.
///
/// Source: RFC 9639, section 8.
package enum FLACMetadata {
  /// Where the sound begins, from the file's beginning.
  ///
  /// - Returns: nil when the bytes are not the beginning of a FLAC file, or not all of its metadata.
  package static func soundStart(_ head: [UInt8]) -> Int? {
    guard head.starts(with: Array("fLaC".utf8)) else { return nil }
    var place = 4
    while place + 4 <= head.count {
      let length = Int(head[place + 1]) << 16 | Int(head[place + 2]) << 8 | Int(head[place + 3])
      let isLast = head[place] & 0x80 != 0
      place += 4 + length
      if isLast { return place }
    }
    return nil
  }

  /// The beginning of the file with other comments and a picture, up to the sound.
  ///
  /// - Returns: nil when it is no FLAC file.
  package static func replaced(_ head: [UInt8], _ tags: BookTags) -> [UInt8]? {
    guard let end = soundStart(head), end <= head.count else { return nil }
    var blocks: [(kind: UInt8, content: [UInt8])] = []
    var place = 4
    while place < end {
      let kind = head[place] & 0x7F
      let length = Int(head[place + 1]) << 16 | Int(head[place + 2]) << 8 | Int(head[place + 3])
      // Comments, padding and pictures are ours.
      if kind != 4, kind != 1, kind != 6 {
        blocks.append((kind, Array(head[place + 4..<place + 4 + length])))
      }
      place += 4 + length
    }
    blocks.append((4, CommentChapters.block(vendor: "kugel", CommentChapters.comments(tags))))
    if let picture = picture(tags) { blocks.append((6, picture)) }
    var writer = ByteWriter()
    writer.text("fLaC")
    for (index, block) in blocks.enumerated() {
      guard block.content.count < 1 << 24 else { return nil }
      writer.bytes.append(block.kind | (index + 1 == blocks.count ? 0x80 : 0))
      writer.big(block.content.count, 3)
      writer.bytes += block.content
    }
    return writer.bytes
  }

  /// A front cover.
  static func picture(_ tags: BookTags) -> [UInt8]? {
    guard let cover = tags.cover, let type = tags.coverType else { return nil }
    var writer = ByteWriter()
    writer.big(3, 4)
    writer.big(type.utf8.count, 4)
    writer.text(type)
    for _ in 0..<5 { writer.big(0, 4) }
    writer.big(cover.count, 4)
    writer.bytes += cover
    return writer.bytes
  }
}
