import KugelNarration

/// A book in EPUB 2 or 3, read whole.
package enum EpubReader {
  package struct Book: Equatable, Sendable {
    package var text: BookText
    package var title: String?
    package var author: String?
    package var language: String?
  }

  /// - Throws: why it cannot be read; what is broken of a chapter is passed over.
  package static func read(
    _ path: String, _ options: MarkupText.Options
  ) throws(BookError) -> Book {
    let archive = try ZipArchive(path: path)
    guard let container = try archive.read("META-INF/container.xml"),
      let told = EpubPackage.path(container: try MarkupReader.read(container, as: .xml))
    else { throw BookError(cause: "it is no EPUB: its container names no book") }
    if let encryption = try archive.read("META-INF/encryption.xml"),
      EpubPackage.isEncrypted(try MarkupReader.read(encryption, as: .xml))
    {
      throw BookError(cause: "it is encrypted")
    }
    // An address by the format, and a plain path by some who write it.
    var root = told
    var found = try archive.read(root)
    if found == nil {
      root = ArchivePath.resolve(told, in: "").path
      found = try archive.read(root)
    }
    guard let document = found else {
      throw BookError(cause: "it is no EPUB: \(told) is not in it")
    }
    let package = EpubPackage(try MarkupReader.read(document, as: .xml), path: root)
    guard !package.spine.isEmpty else { throw BookError(cause: "its spine is empty") }
    var text = BookText()
    let navigation = package.navigation
    for resource in package.spine where resource.path != navigation?.path {
      guard let page = try archive.read(resource.path) else {
        throw BookError(cause: "\(resource.path) is not in it")
      }
      text.add(
        MarkupText.markdown(try MarkupReader.read(page, as: .html), options), path: resource.path)
    }
    if let navigation, let contents = try archive.read(navigation.path) {
      let isNCX = navigation.type.contains("ncx")
      text.mark(
        BookContents(
          try MarkupReader.read(contents, as: isNCX ? .xml : .html), path: navigation.path))
    }
    return Book(
      text: text, title: package.title, author: package.author, language: package.language)
  }
}
