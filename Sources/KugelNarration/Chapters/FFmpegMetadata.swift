/// Chapters and tags as ffmpeg reads them.
///
/// Source: ffmpeg-formats(1), "Metadata".
package enum FFmpegMetadata {
  package static func text(_ tags: BookTags) -> String {
    var text = ";FFMETADATA1\n"
    if let title = tags.title { text += "title=\(escaped(title))\nalbum=\(escaped(title))\n" }
    if let author = tags.author { text += "artist=\(escaped(author))\n" }
    text += "genre=Audiobook\n"
    for (index, chapter) in tags.chapters.enumerated() {
      let end = index + 1 < tags.chapters.count ? tags.chapters[index + 1].start : tags.samples
      text += "[CHAPTER]\nTIMEBASE=1/1000\nSTART=\(tags.milliseconds(chapter.start))\n"
      text += "END=\(tags.milliseconds(end))\ntitle=\(escaped(chapter.title))\n"
    }
    return text
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if "=;#\\\n".contains(character) { escaped += "\\" }
      escaped.append(character)
    }
    return escaped
  }
}
