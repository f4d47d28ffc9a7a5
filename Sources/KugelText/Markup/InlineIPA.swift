/// Sounds that are written between slashes, as in "say /həˈləʊ/".
///
/// A path or an alternative stands between slashes too ("/usr/bin", "and/or"): a sound has a letter or a
/// sign that only the International Phonetic Alphabet has, nothing else, and stands apart.
///
/// Source: protocol notes, section 12.2.
package enum InlineIPA {
  /// Scalars between the slashes.
  package static let longest = 128

  /// - Returns: where sounds stand, their slashes included, in order.
  package static func places(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var places: [Range<Int>] = []
    var index = 0
    while let start = scalars[index...].firstIndex(of: "/") {
      if let end = end(of: start, in: scalars) {
        places.append(start..<end)
        index = end
      } else {
        index = start + 1
      }
    }
    return places
  }

  /// A sound as it is to be written in a text: one without any letter of its own gets a stress.
  package static func written(_ sound: String) -> String {
    sound.unicodeScalars.contains(where: isProof) ? "/\(sound)/" : "/ˈ\(sound)/"
  }

  private static func end(of start: Int, in scalars: [Unicode.Scalar]) -> Int? {
    guard
      start == 0 || scalars[start - 1].isWhite || scalars[start - 1].isOpener
        || scalars[start - 1] == ">"
    else { return nil }
    var hasProof = false
    var index = start + 1
    while index < scalars.count, index - start <= longest + 1 {
      let scalar = scalars[index]
      if scalar == "/" {
        let isBefore = index + 1 < scalars.count ? scalars[index + 1].isWordPart : false
        let isApart = index == start + 1 || isBefore || scalars[index - 1] == " "
        guard hasProof, !isApart, index + 1 == scalars.count || scalars[index + 1] != "/" else {
          return nil
        }
        return index + 1
      }
      // Several words have a blank between them.
      guard isLetter(scalar) || scalar == " " && index > start + 1 && scalars[index - 1] != " "
      else { return nil }
      hasProof = hasProof || isProof(scalar)
      index += 1
    }
    return nil
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", ".", ":", "'", ",", "|", "-": true
    // Nasal vowels, as composed letters.
    case "ã", "ẽ", "ĩ", "õ", "ũ", "ỹ": true
    default: isProof(scalar)
    }
  }

  /// Stands in no ordinary word.
  private static func isProof(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // IPA extensions, modifier letters (stress, length), accents, and small letters of phonetics.
    case 0x250...0x2AF, 0x2B0...0x2FF, 0x300...0x36F, 0x1D00...0x1DBF, 0x203F, 0x2016: true
    default: "æðøħœŋçθβχ".unicodeScalars.contains(scalar)
    }
  }
}
