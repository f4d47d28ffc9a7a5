import KugelText

/// The stop of an abbreviation that is said in full: it ends the sentence too, or nothing.
enum AbbreviationStop {
  /// - Parameters:
  ///   - stop: where a stop may be.
  ///   - language: nouns have capitals in German, so there only words that begin sentences do.
  ///   - sayings: words in lower case that do not begin a sentence though they have a capital.
  /// - Returns: the end of what the abbreviation is made of, behind its stop where the sentence goes on.
  static func end(
    _ look: inout Lookahead, _ stop: Int, nouns: Bool = false, sayings: Set<String> = []
  ) -> Int {
    guard look.at(stop) == "." else { return stop }
    return goesOn(&look, stop + 1, nouns, sayings) ? stop + 1 : stop
  }

  private static func goesOn(
    _ look: inout Lookahead, _ start: Int, _ nouns: Bool, _ sayings: Set<String>
  ) -> Bool {
    guard let first = look.at(start) else { return false }
    if first == ")" || first == "]" || first.isClauseMark || first == "-" || first == "–" {
      return true
    }
    let next = look.skip(start) { $0 == " " || $0.isGlue || $0.isOpener }
    guard let letter = look.at(next), next > start, letter != "\n" else { return false }
    guard letter.isUpper else { return true }
    let end = look.skip(next, while: \.isLetter)
    var word = String.UnicodeScalarView()
    for index in next..<end { look.at(index).map { word.append($0) } }
    let text = String(word)
    if sayings.contains(text.lowercased()) { return true }
    // "5 p.m. EST".
    if text.count > 1, text == text.uppercased() { return true }
    return nouns && !GermanStarters.words.contains(text.lowercased())
  }
}

/// Words that begin German sentences and are no nouns.
private enum GermanStarters {
  static let words: Set<String> = Set(
    """
    der die das dem den des ein eine einer eines einem einen er sie es wir ihr ich du man dies diese \
    dieser dieses jene jener dort da dann danach nun aber und oder doch denn so als wenn weil obwohl \
    während wer was wie wo warum wann welche welcher mein dein sein unser in im an am auf aus bei mit \
    nach von vor zu zum zur für ob auch nicht nein ja hier heute gestern morgen später bis seit jetzt \
    anschließend dabei damit darauf deshalb alle alles nur noch jede jeder jedes kein keine
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
