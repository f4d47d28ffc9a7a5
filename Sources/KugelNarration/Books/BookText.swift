import KugelText

/// A book as Markdown, with the places where its chapters begin.
package struct BookText: Equatable, Sendable {
  package struct Chapter: Equatable, Sendable {
    package var title: String
    package var depth: Int
    /// Unicode scalars of the text before it.
    package var start: Int
  }

  package private(set) var text = ""
  package private(set) var chapters: [Chapter] = []
  /// Where each document begins.
  private var documents: [String: (start: Int, anchors: [String: Int])] = [:]
  private var count = 0

  package init() {}

  package static func == (one: Self, two: Self) -> Bool {
    one.text == two.text && one.chapters == two.chapters
  }

  /// Adds the next document of the spine.
  package mutating func add(_ page: MarkupText, path: String) {
    if documents[path] == nil { documents[path] = (count, page.anchors) }
    var words = page.markdown
    if !words.isEmpty, !words.hasSuffix("\n\n") { words += "\n\n" }
    text += words
    count += words.unicodeScalars.count
  }

  /// Marks the chapters that the contents name and the text has.
  package mutating func mark(_ contents: BookContents) {
    for chapter in contents.chapters {
      guard let document = documents[chapter.path] else { continue }
      let within = chapter.anchor.flatMap { document.anchors[$0] } ?? 0
      chapters.append(
        Chapter(title: chapter.title, depth: chapter.depth, start: document.start + within))
    }
    chapters.sort { ($0.start, $0.depth) < ($1.start, $1.depth) }
  }
}
