/// How files are called: text with `{n}`, `{stem}`, `{slug}`, `{voice}`, `{lang}` and `{ext}` in it.
package struct NameTemplate: Equatable, Sendable {
  package enum Field: String, CaseIterable, Sendable {
    case number = "n"
    case stem, slug, voice
    case language = "lang"
    case ending = "ext"
  }

  private enum Part: Equatable, Sendable {
    case text(String)
    case field(Field)
  }

  /// What the fields of one item are.
  package struct Values: Equatable, Sendable {
    package var number: Int
    /// Items in all: how many digits a number has.
    package var count: Int
    package var stem: String
    package var slug: String
    package var voice: String
    package var language: String
    /// Without its stop.
    package var ending: String

    package init(
      number: Int, count: Int, stem: String, slug: String, voice: String, language: String,
      ending: String
    ) {
      self.number = number
      self.count = count
      self.stem = stem
      self.slug = slug
      self.voice = voice
      self.language = language
      self.ending = ending
    }
  }

  private var parts: [Part] = []

  /// One file of each input.
  package static let whole = NameTemplate(parts: [.field(.stem), .text("."), .field(.ending)])
  /// Several files of an input.
  package static let numbered = NameTemplate(parts: [
    .field(.stem), .text("-"), .field(.number), .text("-"), .field(.slug), .text("."),
    .field(.ending),
  ])

  private init(parts: [Part]) { self.parts = parts }

  /// - Throws: what is wrong with it.
  package init(_ text: String) throws(NameTemplateError) {
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      guard let close = rest[open...].firstIndex(of: "}") else { throw .unclosed }
      let name = String(rest[rest.index(after: open)..<close])
      guard let field = Field(rawValue: name) else { throw .unknown(name) }
      parts.append(.field(field))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    guard !parts.isEmpty else { throw .empty }
  }

  package var hasNumber: Bool { parts.contains(.field(.number)) }
  package var hasVoice: Bool { parts.contains(.field(.voice)) }
  package var hasEnding: Bool { parts.contains(.field(.ending)) }

  /// The extension that it is written with; nil without one.
  package var ending: String? {
    guard case .text(let text)? = parts.last else { return nil }
    return text.lastIndex(of: ".").map { text[text.index(after: $0)...].lowercased() }
  }

  /// Between the fields of a name.
  private static let separators: Set<Character> = ["-", "_", " "]

  /// The name of one item. What joins an empty field with others goes with it; what a field holds makes no
  /// folder.
  package func name(_ values: Values) -> String {
    var name = ""
    var dropsHyphen = false
    for part in parts {
      switch part {
      case .text(let text):
        let isEmptyField = dropsHyphen && (name.isEmpty || Self.isOpen(name))
        dropsHyphen = false
        if isEmptyField, let first = text.first, first == "." || Self.separators.contains(first) {
          if !name.isEmpty { name.removeLast() }
          name += first != "." && name.isEmpty ? String(text.dropFirst()) : text
        } else {
          name += text
        }
      case .field(let field):
        let value = Self.tame(self.value(field, values))
        name += value
        dropsHyphen = value.isEmpty
      }
    }
    if dropsHyphen, Self.isOpen(name) { name.removeLast() }
    return name
  }

  private static func isOpen(_ name: String) -> Bool {
    name.last.map(separators.contains) ?? false
  }

  private func value(_ field: Field, _ values: Values) -> String {
    switch field {
    case .number:
      let digits = "\(values.number)"
      return String(repeating: "0", count: max(0, "\(values.count)".count - digits.count)) + digits
    case .stem: return values.stem
    case .slug: return values.slug
    case .voice: return values.voice
    case .language: return values.language
    case .ending: return values.ending
    }
  }

  private static func tame(_ value: String) -> String {
    var tamed = String.UnicodeScalarView()
    for scalar in value.unicodeScalars {
      tamed.append(scalar == "/" || scalar.properties.generalCategory == .control ? "_" : scalar)
    }
    return String(tamed)
  }
}

package enum NameTemplateError: Error, Equatable, Sendable {
  case empty
  case unclosed
  case unknown(String)

  /// Fits after "takes" with what was given.
  package var message: String {
    let known = NameTemplate.Field.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
    switch self {
    case .empty: return "a template that is not empty"
    case .unclosed: return "a template in which each { has its }"
    case .unknown(let name): return "\(known) in its template, not {\(name)}"
    }
  }
}
