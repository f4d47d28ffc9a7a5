import KugelNarration

/// A book in EPUB 2 or 3, read whole.
package enum EpubReader {
  package struct Book: Equatable, Sendable {
    package var text: BookText
    package var title: String?
    package var author: String?
    package var language: String?
    package var flaws: [PageFlaw] = []
  }

  /// - Throws: why it cannot be read; what is wrong with a page is told with the book.
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
    var flaws: [PageFlaw] = []
    for resource in package.spine where resource.path != navigation?.path {
      let page = try archive.read(resource.path)
      do throws(BookError) {
        text.add(
          MarkupText.markdown(try read(page, of: resource.path, &flaws), options),
          path: resource.path)
      } catch {
        flaws.append(PageFlaw(page: resource.path, cause: error.cause, isLost: true))
      }
    }
    if text.text.isEmpty, let flaw = flaws.first(where: \.isLost) {
      throw BookError(cause: flaw.cause)
    }
    if let navigation, let contents = try archive.read(navigation.path) {
      let isNCX = navigation.type.contains("ncx")
      text.mark(
        BookContents(
          try MarkupReader.read(contents, as: isNCX ? .xml : .html), path: navigation.path))
    }
    return Book(
      text: text, title: package.title, author: package.author, language: package.language,
      flaws: flaws)
  }

  /// - Parameter page: nil where the archive has none.
  private static func read(
    _ page: [UInt8]?, of path: String, _ flaws: inout [PageFlaw]
  ) throws(BookError) -> [MarkupEvent] {
    guard let page else { throw BookError(cause: "\(path) is not in it") }
    let isWide = page.starts(with: [0xFF, 0xFE]) || page.starts(with: [0xFE, 0xFF])
    guard isWide || page.isEmpty || page.contains(UInt8(ascii: "<")) else {
      throw BookError(cause: "\(path) is no page")
    }
    if !isWide, page.contains(0) {
      let cause = "\(path) has bytes that are no text, which are left out"
      flaws.append(PageFlaw(page: path, cause: cause, isLost: false))
    } else if !page.isEmpty, let line = MarkupReader.brokenLine(page) {
      let cause = "line \(line) of \(path) is no XHTML; what follows in it may not be read"
      flaws.append(PageFlaw(page: path, cause: cause, isLost: false))
    }
    guard !page.isEmpty else { return [] }
    do throws(BookError) { return try MarkupReader.read(page, as: .html) } catch {
      throw BookError(cause: "\(path): \(error.cause)")
    }
  }
}
