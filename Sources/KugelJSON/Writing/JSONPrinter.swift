/// Writes what is `Encodable` as a JSON text for files that people look at: a member a line, sorted by name.
package struct JSONPrinter: Sendable {
  private let names: JSONNames

  package init(names: JSONNames = .same) { self.names = names }

  /// - Returns: UTF-8, without a line end.
  /// - Throws: `EncodingError` for a number that JSON does not have.
  package func print(_ value: some Encodable) throws -> [UInt8] {
    let place = JSONPlace()
    try ValueEncoder(place: place, names: names, codingPath: []).encode(value)
    var text: [UInt8] = []
    write(place, indentedBy: 0, into: &text)
    return text
  }

  private func write(_ place: JSONPlace, indentedBy depth: Int, into text: inout [UInt8]) {
    switch place.content {
    case .scalar(let written): text += written.utf8
    case .elements(let elements):
      text.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        newLine(isFirst: index == 0, depth + 1, into: &text)
        write(element, indentedBy: depth + 1, into: &text)
      }
      end(isEmpty: elements.isEmpty, depth, UInt8(ascii: "]"), into: &text)
    case .members(let members):
      text.append(UInt8(ascii: "{"))
      for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        newLine(isFirst: index == 0, depth + 1, into: &text)
        text += "\(JSONQuotes.quoted(member.key)) : ".utf8
        write(member.value, indentedBy: depth + 1, into: &text)
      }
      end(isEmpty: members.isEmpty, depth, UInt8(ascii: "}"), into: &text)
    }
  }

  private func newLine(isFirst: Bool, _ depth: Int, into text: inout [UInt8]) {
    text += (isFirst ? "\n" : ",\n").utf8
    text += [UInt8](repeating: 0x20, count: 2 * depth)
  }

  private func end(isEmpty: Bool, _ depth: Int, _ mark: UInt8, into text: inout [UInt8]) {
    if isEmpty { text.append(UInt8(ascii: "\n")) }
    newLine(isFirst: true, depth, into: &text)
    text.append(mark)
  }
}

enum JSONQuotes {
  /// With its quotes and escapes; a slash is escaped too, as it was in the first files.
  static func quoted(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "\"") { quoted, scalar in
      switch scalar {
      case "\"", "\\", "/": quoted += "\\\(scalar)"
      case "\u{8}": quoted += "\\b"
      case "\u{C}": quoted += "\\f"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case ..<" ":
        quoted += "\\u00\(scalar.value < 16 ? "0" : "")\(String(scalar.value, radix: 16))"
      default: quoted.unicodeScalars.append(scalar)
      }
    } + "\""
  }
}
