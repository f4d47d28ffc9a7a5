extension XHTMLSource {
  /// Entities that XML knows without being told.
  private static let known: Set<[UInt8]> = [
    Array("amp".utf8), Array("lt".utf8), Array("gt".utf8), Array("quot".utf8),
    Array("apos".utf8),
  ]

  /// With blanks for the names of signs that HTML knows: who leaves their declaration out is understood all the same.
  /// Lines and lengths stay.
  package static func withoutEntities(_ page: [UInt8]) -> [UInt8] {
    var page = page
    var place = page.startIndex
    while let start = page[place...].firstIndex(of: UInt8(ascii: "&")) {
      var end = start + 1
      while end < page.count, isAlphanumeric(page[end]) { end += 1 }
      if end < page.count, page[end] == UInt8(ascii: ";"), end > start + 1,
        !known.contains(Array(page[start + 1..<end]))
      {
        for index in start...end { page[index] = UInt8(ascii: " ") }
      }
      place = end
    }
    return page
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
