/// Where to go on in a text of which a service has spoken some chunks.
enum ResumePoint {
  /// The frames of text that are left when `chunks` have been spoken.
  ///
  /// White space is not compared: services trim it, and may fold it.
  ///
  /// - Returns: nil when the chunks are not the beginning of the text, as after a service that
  ///   rewrites it.
  static func rest(of text: [String], after chunks: [String]) -> [String]? {
    var spoken = chunks.joined().unicodeScalars.filter { !$0.properties.isWhitespace }[...]
    var frames = text[...]
    while let frame = frames.first {
      var scalars = Substring(frame).unicodeScalars
      while let scalar = scalars.first {
        if scalar.properties.isWhitespace {
          scalars.removeFirst()
          continue
        }
        guard let expected = spoken.first else {
          return [String(scalars)] + frames.dropFirst()
        }
        guard scalar == expected else { return nil }
        scalars.removeFirst()
        spoken.removeFirst()
      }
      frames.removeFirst()
    }
    return spoken.isEmpty ? [] : nil
  }
}
