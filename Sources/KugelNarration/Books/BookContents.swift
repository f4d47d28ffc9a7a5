/// The chapters of a book, as its navigation names them.
package struct BookContents: Equatable, Sendable {
  package struct Chapter: Equatable, Sendable {
    package var title: String
    /// From 1; chapters of chapters have more.
    package var depth: Int
    /// Within the archive.
    package var path: String
    /// The place in it; nil is its beginning.
    package var anchor: String?
  }

  package private(set) var chapters: [Chapter] = []

  /// - Parameters:
  ///   - events: of a navigation document of EPUB 3 or an NCX of EPUB 2.
  ///   - path: of it within the archive.
  package init(_ events: [MarkupEvent], path: String) {
    let folder = ArchivePath.folder(of: path)
    let isNCX = events.contains { if case .begin("ncx", _) = $0 { true } else { false } }
    if isNCX { readNCX(events, folder) } else { readNavigation(events, folder) }
  }

  private mutating func readNCX(_ events: [MarkupEvent], _ folder: String) {
    var depth = 0
    var isInLabel = false
    var title = ""
    for event in events {
      switch event {
      case .begin("navpoint", _):
        depth += 1
        title = ""
      case .end("navpoint"): depth -= 1
      case .begin("navlabel", _):
        isInLabel = depth > 0
        title = ""
      case .end("navlabel"): isInLabel = false
      case .text(let words): if isInLabel { title += words }
      case .begin("content", let attributes):
        if depth > 0, let source = attributes["src"] { add(title, depth, source, folder) }
      default: break
      }
    }
  }

  private mutating func readNavigation(_ events: [MarkupEvent], _ folder: String) {
    var (isInContents, navs, depth) = (false, 0, 0)
    var link: String?
    var title = ""
    let hasType = events.contains {
      if case .begin("nav", let attributes) = $0 { Self.isContents(attributes) } else { false }
    }
    for event in events {
      switch event {
      case .begin("nav", let attributes):
        navs += 1
        isInContents = hasType ? Self.isContents(attributes) : navs == 1
      case .end("nav"): isInContents = false
      case .begin("ol", _): if isInContents { depth += 1 }
      case .end("ol"): if isInContents { depth -= 1 }
      case .begin("a", let attributes):
        (link, title) = (isInContents ? attributes["href"] : nil, "")
      case .text(let words): if link != nil { title += words }
      case .end("a"):
        if let link { add(title, max(1, depth), link, folder) }
        link = nil
      default: break
      }
    }
  }

  private static func isContents(_ attributes: [String: String]) -> Bool {
    let kinds = (attributes["type"] ?? "") + " " + (attributes["role"] ?? "")
    return kinds.split(separator: " ").contains { $0 == "toc" || $0 == "doc-toc" }
  }

  private mutating func add(_ title: String, _ depth: Int, _ reference: String, _ folder: String) {
    let (path, anchor) = ArchivePath.resolve(reference, in: folder)
    let words = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !words.isEmpty, !path.isEmpty else { return }
    chapters.append(Chapter(title: words, depth: depth, path: path, anchor: anchor))
  }
}
