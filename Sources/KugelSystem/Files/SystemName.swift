// Arguments and file names are bytes to the system, and need not be UTF-8. In our strings a byte that is no
// part of a UTF-8 character is a scalar of a private plane, from which `nameBytes` makes that byte again.

/// U+10FE80 to U+10FEFF stand for the bytes 80 to FF.
private let firstEscape: UInt32 = 0x10FE00
private let escapes = (firstEscape + 0x80)...(firstEscape + 0xFF)

extension String {
  /// What the system calls something.
  ///
  /// - Parameter bytes: without the zero at the end.
  package init(systemName bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    // Nearly every name there is.
    if let text = String(validating: bytes, as: UTF8.self), !text.holdsEscapes {
      self = text
      return
    }
    var scalars = String.UnicodeScalarView()
    var rest = bytes[...]
    while let byte = rest.first {
      let length = rest.lengthOfFirstCharacter
      let text = String(validating: rest.prefix(length), as: UTF8.self)
      // A scalar that we would take for a byte is three of four bytes itself.
      if let text, !text.holdsEscapes {
        scalars.append(contentsOf: text.unicodeScalars)
        rest = rest.dropFirst(length)
      } else {
        scalars.append(Unicode.Scalar(firstEscape + UInt32(byte)) ?? "\u{FFFD}")
        rest = rest.dropFirst()
      }
    }
    self = String(scalars)
  }

  /// The bytes that the system knows it by.
  package var systemBytes: [UInt8] {
    guard holdsEscapes else { return Array(utf8) }
    return unicodeScalars.flatMap { scalar in
      escapes.contains(scalar.value)
        ? [UInt8(truncatingIfNeeded: scalar.value)] : Array(String(scalar).utf8)
    }
  }

  /// For calls of the system: the bytes, and a zero.
  package var nameBytes: [CChar] { systemBytes.map { CChar(bitPattern: $0) } + [0] }

  /// For people: bytes that are no characters are written as `\xEF`.
  package var shownName: String {
    guard holdsEscapes else { return self }
    return unicodeScalars.reduce(into: "") { shown, scalar in
      guard escapes.contains(scalar.value) else { return shown.unicodeScalars.append(scalar) }
      shown += "\\x" + String(scalar.value & 0xFF, radix: 16, uppercase: true)
    }
  }

  /// As a text to be read: bytes that are no characters are replacement characters.
  package var repairedText: String {
    holdsEscapes ? String(decoding: systemBytes, as: UTF8.self) : self
  }

  /// Whether some of it is no text, but bytes that a name may have all the same.
  package var holdsEscapes: Bool {
    // F4 8F begins the last plane but a sixteenth; no ordinary text gets beyond this line.
    utf8.contains(0xF4) && unicodeScalars.contains { escapes.contains($0.value) }
  }
}

extension ArraySlice<UInt8> {
  /// By its first byte; 1 where that begins no character.
  fileprivate var lengthOfFirstCharacter: Int {
    switch first ?? 0 {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}
