import KugelText

/// The dots of names of files and hosts, which are said.
enum FileName {
  static func dot(
    _ look: inout Lookahead, _ start: Int, after before: Unicode.Scalar, _ words: NumberVocabulary
  ) -> NumberReading? {
    guard before.isWordPart, let next = look.at(start + 1), next.isLetter, next.isASCII else {
      return nil
    }
    let end = look.skip(start + 1) { $0.isWordPart }
    guard end - start < 12 else { return nil }
    var name = ""
    for index in (start + 1)..<end { look.at(index).map { name.unicodeScalars.append($0) } }
    // "up.The" is the end of a sentence, "Node.js" a name.
    guard
      extensions.contains(name) || hosts.contains(name) || look.at(end) == "." && isHost(&look, end)
    else { return nil }
    return NumberReading(end: start + 1, text: " \(words.dot) ")
  }

  /// Whether a host's last part follows in "www.example.com".
  private static func isHost(_ look: inout Lookahead, _ dot: Int) -> Bool {
    let end = look.skip(dot + 1) { $0.isWordPart }
    var name = ""
    for index in (dot + 1)..<end { look.at(index).map { name.unicodeScalars.append($0) } }
    return hosts.contains(name)
  }

  private static let extensions: Set<String> = Set(
    """
    pdf txt md swift py js ts jsx tsx json html htm css csv doc docx xls xlsx ppt pptx png jpg jpeg gif \
    svg webp mp3 mp4 wav flac ogg mov avi zip tar gz exe sh bat yml yaml toml xml sql cpp hpp rs go rb \
    php java kt log conf cfg ini lock epub srt vtt bak dll iso deb rpm
    """.split(separator: " ").map(String.init))

  private static let hosts: Set<String> = Set(
    """
    com org net edu gov io dev app ai co uk de fr pt nl pl eu ch br
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
