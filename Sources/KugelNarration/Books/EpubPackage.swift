/// What a book in EPUB 2 or 3 consists of, from its package document.
///
/// Source: EPUB 3.3, sections 4 and 5; OPF 2.0.1.
package struct EpubPackage: Equatable, Sendable {
  package struct Resource: Equatable, Sendable {
    /// Within the archive.
    package var path: String
    package var type: String
    package var properties: [String]
  }

  package private(set) var title: String?
  package private(set) var author: String?
  package private(set) var language: String?
  /// By their names within the document.
  private var resources: [String: Resource] = [:]
  private var order: [(name: String, isLinear: Bool)] = []
  private var contents: String?
  private var coverName: String?

  package static func == (one: Self, two: Self) -> Bool {
    one.title == two.title && one.author == two.author && one.language == two.language
      && one.spine == two.spine && one.navigation == two.navigation && one.cover == two.cover
  }

  /// - Parameter path: of the document within the archive.
  package init(_ events: [MarkupEvent], path: String) {
    let folder = ArchivePath.folder(of: path)
    var field: String?
    for event in events {
      switch event {
      case .begin("item", let attributes):
        guard let id = attributes["id"], let href = attributes["href"] else { continue }
        resources[id] = Resource(
          path: ArchivePath.resolve(href, in: folder).path, type: attributes["media-type"] ?? "",
          properties: (attributes["properties"] ?? "").split(separator: " ").map(String.init))
      case .begin("itemref", let attributes):
        if let name = attributes["idref"] { order.append((name, attributes["linear"] != "no")) }
      case .begin("spine", let attributes): contents = attributes["toc"]
      case .begin("meta", let attributes):
        if attributes["name"] == "cover" { coverName = attributes["content"] }
      case .begin(let name, _): field = name
      case .end: field = nil
      case .text(let words): add(words, to: field)
      }
    }
  }

  private mutating func add(_ words: String, to field: String?) {
    let words = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !words.isEmpty else { return }
    switch field {
    case "title": title = title ?? words
    case "creator": author = author.map { "\($0), \(words)" } ?? words
    case "language": language = language ?? words
    default: break
    }
  }

  /// The documents in the order in which they are read.
  package var spine: [Resource] {
    order.filter(\.isLinear).compactMap { resources[$0.name] }.filter {
      $0.type.isEmpty || $0.type.contains("html") || $0.type.contains("xml")
    }
  }

  /// The document that names the chapters: that of EPUB 3, else the NCX of EPUB 2.
  package var navigation: Resource? {
    resources.values.filter { $0.properties.contains("nav") }.min { $0.path < $1.path }
      ?? contents.flatMap { resources[$0] }
      ?? resources.values.filter { $0.type == "application/x-dtbncx+xml" }.min { $0.path < $1.path }
  }

  package var cover: Resource? {
    resources.values.filter { $0.properties.contains("cover-image") }.min { $0.path < $1.path }
      ?? coverName.flatMap { resources[$0] }
  }

  /// The path of the package document, from `META-INF/container.xml`.
  package static func path(container events: [MarkupEvent]) -> String? {
    for case .begin("rootfile", let attributes) in events {
      if let path = attributes["full-path"] { return path }
    }
    return nil
  }

  /// Whether `META-INF/encryption.xml` says that more is encrypted than fonts.
  package static func isEncrypted(_ events: [MarkupEvent]) -> Bool {
    events.contains { event in
      guard case .begin("cipherreference", let attributes) = event,
        let path = attributes["uri"]?.lowercased()
      else { return false }
      return ![".ttf", ".otf", ".woff", ".woff2", ".ttc"].contains { path.hasSuffix($0) }
    }
  }
}

/// Paths within an archive.
package enum ArchivePath {
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// - Returns: the path within the archive that a reference leads to, and the place in it.
  package static func resolve(_ reference: String, in folder: String) -> (
    path: String, anchor: String?
  ) {
    let sides = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let path = decoded(String(sides[0]))
    var parts = path.hasPrefix("/") ? [] : folder.split(separator: "/").map(String.init)
    for part in path.split(separator: "/") {
      switch part {
      case ".": break
      case "..": _ = parts.popLast()
      default: parts.append(String(part))
      }
    }
    return (parts.joined(separator: "/"), sides.count > 1 ? decoded(String(sides[1])) : nil)
  }

  private static func decoded(_ text: String) -> String {
    guard text.contains("%") else { return text }
    var bytes: [UInt8] = []
    let source = Array(text.utf8)
    var index = 0
    while index < source.count {
      if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
        let value = UInt8(String(decoding: source[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        index += 3
      } else {
        bytes.append(source[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
