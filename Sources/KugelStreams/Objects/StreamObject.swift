import KugelJSON

/// One JSON object of a stream, read leniently: what is absent, null or of another kind is nil.
struct StreamObject {
  private let text: JSONScanner
  private let members: [JSONScanner.Member]

  /// nil for what is no JSON, or another value than an object.
  init?(_ json: [UInt8]) {
    let text = JSONScanner(bytes: json)
    var members: [JSONScanner.Member] = []
    guard let end = text.end(ofObjectAt: text.start, member: { members.append($0) }),
      text.blanksEnd(from: end) == json.count
    else { return nil }
    self.text = text
    self.members = members
  }

  /// - Parameter range: where an object stands in a text that is whole.
  private init?(_ text: JSONScanner, _ range: Range<Int>) {
    var members: [JSONScanner.Member] = []
    guard text.end(ofObjectAt: range.lowerBound, member: { members.append($0) }) != nil else {
      return nil
    }
    self.text = text
    self.members = members
  }

  /// How many members it has.
  var size: Int { members.count }

  /// Whether the member is there and not null.
  func has(_ name: String) -> Bool { value(name) != nil }

  /// A string that is not empty. Halves of letters are marked in it, as `SplitSurrogates` tells.
  func text(_ name: String) -> String? {
    guard let range = value(name, begunBy: "\""), range.count > 2 else { return nil }
    return string(range)
  }

  func count(_ name: String) -> Int? { number(name).flatMap { Int(exactly: $0.rounded()) } }

  func number(_ name: String) -> Double? {
    guard let range = value(name), text.bytes[range.lowerBound] <= UInt8(ascii: "9"),
      text.bytes[range.lowerBound] != UInt8(ascii: "\"")
    else { return nil }
    return Double(String(decoding: text.bytes[range], as: UTF8.self))
  }

  func isTrue(_ name: String) -> Bool { value(name, begunBy: "t") != nil }

  func object(_ name: String) -> StreamObject? {
    value(name, begunBy: "{").flatMap { StreamObject(text, $0) }
  }

  /// The objects of a list.
  func objects(_ name: String) -> [StreamObject] {
    elements(name, begunBy: "{").compactMap { StreamObject(text, $0) }
  }

  /// The strings of a list.
  func texts(_ name: String) -> [String] { elements(name, begunBy: "\"").map(string) }

  private func elements(_ name: String, begunBy mark: Unicode.Scalar) -> [Range<Int>] {
    guard let list = value(name, begunBy: "[") else { return [] }
    var elements: [Range<Int>] = []
    _ = text.end(ofArrayAt: list.lowerBound) { element in
      if text.bytes[element.lowerBound] == UInt8(ascii: mark) { elements.append(element) }
    }
    return elements
  }

  private func value(_ name: String, begunBy mark: Unicode.Scalar) -> Range<Int>? {
    guard let range = value(name), text.bytes[range.lowerBound] == UInt8(ascii: mark) else {
      return nil
    }
    return range
  }

  /// Of members of one name the last counts.
  private func value(_ name: String) -> Range<Int>? {
    guard let member = members.last(where: { isName($0.name, name) }) else { return nil }
    return text.bytes[member.value.lowerBound] == UInt8(ascii: "n") ? nil : member.value
  }

  private func isName(_ range: Range<Int>, _ name: String) -> Bool {
    let bytes = text.bytes[range]
    if bytes.count == name.utf8.count, bytes.elementsEqual(name.utf8) { return true }
    // Nobody writes a name with escapes; but it would be the same name.
    guard bytes.count > name.utf8.count, bytes.contains(UInt8(ascii: "\\")) else { return false }
    return string((range.lowerBound - 1)..<(range.upperBound + 1)) == name
  }

  /// - Parameter range: of a string, with its quotes.
  private func string(_ range: Range<Int>) -> String {
    String(
      decoding: text.letters(ofStringAt: range, half: SplitSurrogates.mark), as: UTF8.self)
  }
}
