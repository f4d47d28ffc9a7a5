/// What XML allows in a page and readers of HTML do not know: a document type with entities of its own, and
/// sections of plain characters. The page is made one without them.
///
/// Pure; works on the bytes of encodings that hold ASCII.
package enum XHTMLSource {
  /// Bytes of an entity, and what all of them together may add to a page.
  private static let (longestEntity, mostGrowth) = (4096, 1 << 20)
  /// Bytes in which the document type begins.
  private static let head = 4096

  package static func plain(_ bytes: [UInt8]) -> [UInt8] {
    let (page, entities) = withoutSubset(bytes)
    return withoutSections(entities.isEmpty ? page : replaced(entities, in: page))
  }

  /// The encoding that an XML declaration names.
  package static func encoding(_ bytes: [UInt8]) -> String? {
    var rest = bytes.prefix(256)
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    guard rest.starts(with: Array("<?xml".utf8)), let end = rest.firstIndex(of: UInt8(ascii: ">")),
      let name = find("encoding", in: Array(rest[..<end]), from: 0)
    else { return nil }
    let parts = rest[(rest.startIndex + name + 8)..<end].split(omittingEmptySubsequences: false) {
      $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'")
    }
    guard parts.count >= 3, !parts[1].isEmpty else { return nil }
    let encoding = String(decoding: parts[1], as: UTF8.self)
    // Whoever reads the declaration byte by byte knows better.
    return encoding.lowercased().hasPrefix("utf-16") ? "UTF-8" : encoding
  }

  // MARK: Document type

  private static func withoutSubset(_ bytes: [UInt8]) -> ([UInt8], [[UInt8]: [UInt8]]) {
    guard let start = find("<!DOCTYPE", in: bytes, from: 0, before: head),
      let open = bytes[start...].firstIndex(where: {
        $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: ">")
      }), bytes[open] == UInt8(ascii: "["), let end = subsetEnd(bytes, from: open + 1)
    else { return (bytes, [:]) }
    let entities = entities(Array(bytes[open + 1..<end]))
    return (Array(bytes[..<open]) + Array(bytes[(end + 1)...]), entities)
  }

  /// The bracket that closes it, outside of quotes.
  private static func subsetEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    var quote: UInt8?
    for index in start..<bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if quote == nil { quote = bytes[index] } else if quote == bytes[index] { quote = nil }
      case UInt8(ascii: "]") where quote == nil: return index
      default: break
      }
    }
    return nil
  }

  /// Those whose text stands there; what is elsewhere is not fetched.
  private static func entities(_ subset: [UInt8]) -> [[UInt8]: [UInt8]] {
    var entities: [[UInt8]: [UInt8]] = [:]
    var place = 0
    while let start = find("<!ENTITY", in: subset, from: place) {
      place = start + 8
      var rest = subset[place...].drop { $0.isBlank }
      let name = Array(rest.prefix { !$0.isBlank })
      rest = rest.dropFirst(name.count).drop { $0.isBlank }
      guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
        let end = rest.dropFirst().firstIndex(of: quote)
      else { continue }
      let value = Array(rest[(rest.startIndex + 1)..<end])
      if value.count <= longestEntity, entities[name] == nil { entities[name] = value }
      place = end + 1
    }
    return entities
  }

  /// Once: what stands in an entity is not replaced again, so that none grows without end.
  private static func replaced(_ entities: [[UInt8]: [UInt8]], in page: [UInt8]) -> [UInt8] {
    var (made, growth, place) = ([UInt8](), 0, 0)
    while let start = page[place...].firstIndex(of: UInt8(ascii: "&")) {
      made += page[place..<start]
      place = start
      guard let end = page[start...].prefix(64).firstIndex(of: UInt8(ascii: ";")),
        let value = entities[Array(page[start + 1..<end])], growth + value.count <= mostGrowth
      else {
        made.append(page[start])
        place = start + 1
        continue
      }
      made += value
      growth += value.count
      place = end + 1
    }
    return made + page[place...]
  }

  // MARK: Sections

  private static func withoutSections(_ page: [UInt8]) -> [UInt8] {
    var (made, place) = ([UInt8](), 0)
    while let start = find("<![CDATA[", in: page, from: place) {
      let end = find("]]>", in: page, from: start + 9) ?? page.count
      made += page[place..<start]
      for byte in page[start + 9..<end] {
        switch byte {
        case UInt8(ascii: "&"): made += Array("&amp;".utf8)
        case UInt8(ascii: "<"): made += Array("&lt;".utf8)
        default: made.append(byte)
        }
      }
      place = min(page.count, end + 3)
    }
    return place == 0 ? page : made + page[place...]
  }

  private static func find(
    _ words: StaticString, in bytes: [UInt8], from start: Int, before limit: Int = .max
  ) -> Int? {
    let pattern = Array("\(words)".utf8)
    var place = start
    let end = min(bytes.count - pattern.count, limit)
    while place <= end, let next = bytes[place...].firstIndex(of: pattern[0]), next <= end {
      if bytes[next..<next + pattern.count].elementsEqual(pattern) { return next }
      place = next + 1
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
