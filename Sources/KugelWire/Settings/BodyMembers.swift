/// Members of a request's JSON object that are set by their own names, for services that know more than
/// we do.
package struct BodyMembers: Equatable, Sendable {
  private struct Member: Equatable, Sendable {
    let name: String
    let json: String
  }

  /// In the order of their first setting.
  private var members: [Member] = []

  package init() {}

  /// - Parameter text: `NAME=VALUE`, one a line. A value that begins as JSON does must be JSON; other
  ///   words are a string.
  /// - Returns: nil when it is anything else.
  package init?(_ text: String) {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, parts[0].allSatisfy(Self.isNameLetter),
        let json = Self.json(String(parts[1]))
      else { return nil }
      set(Member(name: String(parts[0]), json: json))
    }
    if members.isEmpty { return nil }
  }

  package var isEmpty: Bool { members.isEmpty }
  package var names: [String] { members.map(\.name) }
  /// As `init` reads it.
  package var text: String { members.map { "\($0.name)=\($0.json)" }.joined(separator: "\n") }

  /// Takes over what `newer` sets.
  package mutating func merge(_ newer: BodyMembers) { for member in newer.members { set(member) } }

  package func write(to writer: inout JSONWriter) {
    for member in members { writer.field(member.name, json: member.json) }
  }

  private mutating func set(_ member: Member) {
    if let index = members.firstIndex(where: { $0.name == member.name }) {
      members[index] = member
    } else {
      members.append(member)
    }
  }

  private static func isNameLetter(_ letter: Character) -> Bool {
    letter.isASCII && (letter.isLetter || letter.isNumber || letter == "_" || letter == "-")
  }

  private static func json(_ text: String) -> String? {
    let words = ["true", "false", "null"]
    guard let first = text.first else { return nil }
    guard "{[\"-0123456789".contains(first) || words.contains(text) else {
      var writer = JSONWriter()
      writer.array("", [text]) { $0.element($1) }
      return String(decoding: writer.bytes.dropFirst(4).dropLast(), as: UTF8.self)
    }
    // Line breaks are blanks there; within a string there can be none.
    let line = String(text.map { $0.isNewline ? " " : $0 })
    let object = Array("{\"value\":\(line)}".utf8)
    let names = try? unsafe object.withUnsafeBufferPointer { bytes in
      try unsafe withWireObject(bytes) { $0.names }
    }
    return names == ["value"] ? line : nil
  }
}

extension SettingKey {
  /// `body.NAME`: one member of what is set together.
  static func member(named name: String) -> (key: SettingKey, member: String)? {
    let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == SettingKey.body.rawValue else { return nil }
    return (.body, String(parts[1]))
  }
}
