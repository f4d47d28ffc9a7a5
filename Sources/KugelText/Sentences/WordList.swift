/// Tables that are written as text, read byte by byte: every start of the program reads some, and going
/// through a text by characters costs ten times as much.
enum WordList {
  /// - Parameter text: words between blanks and line ends of ASCII.
  static func words(of text: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    for byte in text.utf8 {
      guard byte == 0x20 || byte == 0x0A else {
        word.append(byte)
        continue
      }
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
    }
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }

  /// The language of a tag, without its region, in lower case; empty for nil.
  ///
  /// - Parameter language: ISO 639-1, in any case, also with a region ("de-AT", "pt_BR").
  static func code(of language: String?) -> String {
    guard let language else { return "" }
    var code: [UInt8] = []
    for byte in language.utf8 {
      guard byte != 0x2D, byte != 0x5F else { break }
      code.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
    }
    return String(decoding: code, as: UTF8.self)
  }
}
