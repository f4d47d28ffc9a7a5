import KugelJobs
import KugelText

/// One configuration file: `key = value` lines, `[profile]` and `[engine.NAME]` sections, `#` comments.
///
/// Pure. Strict: what is not understood is an error that names the file and the line.
package struct ConfigurationFile: Equatable, Sendable {
  package struct Entry: Equatable, Sendable {
    /// Written with dashes, as the option is.
    package var key: String
    package var value: String
    package var line: Int
  }

  package struct Section: Equatable, Sendable {
    /// nil for what stands before the first section.
    package var name: String?
    package var entries: [Entry] = []
    package var line = 0

    /// The engine that it is about; nil for a profile.
    package var engine: String? {
      guard let name, name.hasPrefix("engine.") else { return nil }
      return String(name.dropFirst("engine.".count))
    }
  }

  package let path: String
  package private(set) var sections = [Section()]
  private let repeated: Set<String>

  /// - Parameters:
  ///   - keys: those there are, with dashes.
  ///   - repeated: those that may stand several times.
  ///   - secrets: those that would hold a key itself, which no file should.
  /// - Throws: 78, naming the file, the line and the nearest key.
  package init(
    _ text: String, path: String, keys: [String], repeated: Set<String> = ["set"],
    secrets: [String] = []
  ) throws(UserError) {
    self.path = path
    self.repeated = repeated
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let line = Self.withoutComment(line)
      if line.isEmpty { continue }
      if line.hasPrefix("[") {
        try begin(line, at: index + 1)
      } else if sections[sections.count - 1].engine != nil {
        try add(line, at: index + 1, keys: Self.engineKeys, secrets: [])
      } else {
        try add(line, at: index + 1, keys: keys, secrets: secrets)
      }
    }
  }

  package func section(_ name: String?) -> Section? { sections.first { $0.name == name } }

  /// Names of the sections that `--profile` chooses from.
  package var profiles: [String] { sections.filter { $0.engine == nil }.compactMap(\.name) }

  private mutating func begin(_ line: Substring, at number: Int) throws(UserError) {
    let name = Self.trimmed(line.dropFirst().dropLast())
    guard line.hasSuffix("]"), !name.isEmpty, !name.contains(where: { "[]".contains($0) }) else {
      throw error(number, "a section is written [NAME]")
    }
    guard section(String(name)) == nil else {
      throw error(number, "the section [\(name)] stands above already")
    }
    sections.append(Section(name: String(name), line: number))
    if let engine = sections[sections.count - 1].engine { try checkName(engine, at: number) }
  }

  private mutating func add(
    _ line: Substring, at number: Int, keys: [String], secrets: [String]
  ) throws(UserError) {
    guard let sign = line.firstIndex(of: "=") else {
      throw error(number, "a line is written KEY = VALUE or [SECTION]")
    }
    let written = String(Self.trimmed(line[..<sign]))
    let value = String(Self.trimmed(line[line.index(after: sign)...]))
    let key = String(written.map { $0 == "_" ? "-" : $0 })
    if secrets.contains(key) {
      throw error(
        number, "a key does not stand in a configuration file",
        hint: "Put it into a file of its own: key_file = FILE; or name what prints it: key_command")
    }
    guard keys.contains(key) else {
      let meant = nearest(to: key, in: keys, limit: 1).first.map {
        "Did you mean \(Self.shown($0))?"
      }
      let known = "Keys: " + keys.map { Self.shown($0) }.sorted().joined(separator: ", ")
      throw error(number, "there is no key \(quoted(written))", hint: meant ?? known)
    }
    guard !value.isEmpty else { throw error(number, "\(written) has no value") }
    let last = sections.count - 1
    guard repeated.contains(key) || !sections[last].entries.contains(where: { $0.key == key })
    else {
      throw error(number, "\(written) stands above already")
    }
    sections[last].entries.append(Entry(key: key, value: value, line: number))
  }

  func error(_ line: Int, _ message: String, hint: String? = nil) -> UserError {
    UserError(.badConfiguration, "\(path):\(line): \(message)", hint: hint)
  }

  /// As files write it.
  static func shown(_ key: String) -> String { String(key.map { $0 == "-" ? "_" : $0 }) }

  /// A comment begins the line, or follows a blank.
  private static func withoutComment(_ line: Substring) -> Substring {
    var before: Character = " "
    for index in line.indices {
      if line[index] == "#" && before.isWhitespace { return trimmed(line[..<index]) }
      before = line[index]
    }
    return trimmed(line)
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
