extension Unicode.Scalar {
  /// What a terminal may be given in its place: a sign that would steer the terminal, or turn round what
  /// follows, stands for itself as a picture. New lines and tabs stay.
  package var printable: Unicode.Scalar {
    switch value {
    case 0x09, 0x0A: self
    case 0x00...0x1F: Unicode.Scalar(0x2400 + value) ?? Self.unknown
    case 0x7F: "\u{2421}"
    // The C1 controls; a terminal takes U+009B for the beginning of a sequence.
    case 0x80...0x9F: Self.unknown
    case 0x202A...0x202E, 0x2066...0x2069: Self.unknown
    default: self
    }
  }

  private static let unknown: Unicode.Scalar = "\u{FFFD}"
}

extension String {
  /// The text as a terminal may be given it, scalar for scalar.
  package var printable: String {
    guard unicodeScalars.contains(where: { $0.printable != $0 }) else { return self }
    var view = UnicodeScalarView()
    view.append(contentsOf: unicodeScalars.lazy.map(\.printable))
    return String(view)
  }

  /// `printable`, but for carriage returns: what is copied as it comes may end its lines with them.
  package var printableCopy: String {
    func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
      scalar == "\r" ? scalar : scalar.printable
    }
    guard unicodeScalars.contains(where: { shown($0) != $0 }) else { return self }
    var view = UnicodeScalarView()
    view.append(contentsOf: unicodeScalars.lazy.map(shown))
    return String(view)
  }
}
