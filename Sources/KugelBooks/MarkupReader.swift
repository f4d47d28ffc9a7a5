import Glibc
import KugelNarration
import KugelSystem
import KugelText

/// Documents of HTML and XML, by libxml2 (`libxml2.so.2`).
package enum MarkupReader {
  package enum Kind: Sendable { case html, xml }

  /// - Throws: when it cannot be read at all, or libxml2 is missing; small errors are passed over.
  package static func read(_ bytes: [UInt8], as kind: Kind) throws(BookError) -> [MarkupEvent] {
    guard let library = XMLLibrary.shared else {
      throw BookError(
        cause: "reading HTML and EPUB needs libxml2, which is not installed (Debian: libxml2)")
    }
    guard let events = library.events(bytes, kind) else {
      throw BookError(cause: kind == .xml ? "its XML is broken" : "its HTML is broken")
    }
    return events
  }

  /// Where a page of XHTML breaks the rules of XML: a parser of HTML reads on, but takes what follows for what it is
  /// not, such as a part of a comment that was not ended.
  ///
  /// - Returns: a line, from 1; nil where all is well.
  static func brokenLine(_ page: [UInt8]) -> Int? {
    XMLLibrary.shared?.brokenLine(XHTMLSource.withoutEntities(page))
  }
}

/// The functions of libxml2 that are used.
@safe private struct XMLLibrary: @unchecked Sendable {
  // Unchecked because of the functions' pointer arguments; the functions themselves are constants.
  typealias Read =
    @convention(c) (
      UnsafePointer<UInt8>?, CInt, UnsafePointer<CChar>?, UnsafePointer<CChar>?, CInt
    ) -> OpaquePointer?
  typealias Walk = @convention(c) (OpaquePointer) -> OpaquePointer?
  typealias Step = @convention(c) (OpaquePointer) -> CInt
  typealias Words = @convention(c) (OpaquePointer) -> UnsafePointer<CChar>?
  typealias Free = @convention(c) (OpaquePointer) -> Void
  typealias Trouble = @convention(c) () -> UnsafeRawPointer?

  private let readHTML: Read
  private let readXML: Read
  private let walk: Walk
  private let next: Step
  private let kind: Step
  private let isEmpty: Step
  private let nextAttribute: Step
  private let name: Words
  private let value: Words
  private let freeReader: Free
  private let freeDocument: Free
  private let lastTrouble: Trouble

  static let shared = XMLLibrary()

  private init?() {
    guard let library = LoadedLibrary("libxml2.so.2"),
      let readHTML = unsafe library.function("htmlReadMemory", as: Read.self),
      let readXML = unsafe library.function("xmlReadMemory", as: Read.self),
      let walk = unsafe library.function("xmlReaderWalker", as: Walk.self),
      let next = unsafe library.function("xmlTextReaderRead", as: Step.self),
      let kind = unsafe library.function("xmlTextReaderNodeType", as: Step.self),
      let isEmpty = unsafe library.function("xmlTextReaderIsEmptyElement", as: Step.self),
      let nextAttribute = unsafe library.function(
        "xmlTextReaderMoveToNextAttribute", as: Step.self),
      let name = unsafe library.function("xmlTextReaderConstLocalName", as: Words.self),
      let value = unsafe library.function("xmlTextReaderConstValue", as: Words.self),
      let freeReader = unsafe library.function("xmlFreeTextReader", as: Free.self),
      let freeDocument = unsafe library.function("xmlFreeDoc", as: Free.self),
      let lastTrouble = unsafe library.function("xmlGetLastError", as: Trouble.self)
    else { return nil }
    unsafe self.readHTML = readHTML
    unsafe self.readXML = readXML
    unsafe self.walk = walk
    unsafe self.next = next
    unsafe self.kind = kind
    unsafe self.isEmpty = isEmpty
    unsafe self.nextAttribute = nextAttribute
    unsafe self.name = name
    unsafe self.value = value
    unsafe self.freeReader = freeReader
    unsafe self.freeDocument = freeDocument
    unsafe self.lastTrouble = lastTrouble
  }

  /// XML_PARSE_NOERROR, _NOWARNING, _NONET; entities of documents elsewhere stay what they are.
  private static let strict: CInt = 32 | 64 | 2048
  /// XML_PARSE_RECOVER.
  private static let recovering: CInt = strict | 1
  /// XML_PARSE_HUGE: pages of old leave so many elements open that they are hundreds deep in the end, where the text
  /// would be over. HTML has no entities of its own that could grow without end.
  private static let deep: CInt = recovering | 1 << 19

  func brokenLine(_ page: [UInt8]) -> Int? {
    let document = unsafe page.withUnsafeBufferPointer {
      unsafe readXML($0.baseAddress, CInt($0.count), nil, nil, Self.strict)
    }
    if let document = unsafe document {
      unsafe freeDocument(document)
      return nil
    }
    // The fourth number of `xmlError`, behind two pointers and what aligns them.
    let line = unsafe lastTrouble()?.load(fromByteOffset: 32, as: CInt.self)
    return max(1, Int(line ?? 1))
  }

  func events(_ bytes: [UInt8], _ kind: MarkupReader.Kind) -> [MarkupEvent]? {
    let read = unsafe kind == .html ? readHTML : readXML
    let options = kind == .html ? Self.deep : Self.recovering
    let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    // What the parsers find out by themselves; XML all of it.
    let encoding: String? =
      kind == .xml || isWide
      ? nil : XHTMLSource.encoding(bytes) ?? (Self.namesEncoding(bytes) ? nil : "UTF-8")
    let name = encoding.map { Array($0.utf8).map { CChar(bitPattern: $0) } + [0] }
    // The parser of HTML takes the first zero for the end.
    let page = kind == .xml || isWide ? bytes : XHTMLSource.plain(bytes.filter { $0 != 0 })
    let document = unsafe page.withUnsafeBufferPointer { buffer in
      guard let name else {
        return unsafe read(buffer.baseAddress, CInt(buffer.count), nil, nil, options)
      }
      return unsafe read(buffer.baseAddress, CInt(buffer.count), nil, name, options)
    }
    guard let document = unsafe document else { return nil }
    defer { unsafe freeDocument(document) }
    guard let reader = unsafe walk(document) else { return nil }
    defer { unsafe freeReader(reader) }
    return unsafe events(of: reader)
  }

  /// Whether a page says in its head how it is encoded.
  private static func namesEncoding(_ bytes: [UInt8]) -> Bool {
    let head = String(decoding: bytes.prefix(2048), as: UTF8.self).lowercased()
    return head.contains("charset=")
  }

  private func events(of reader: OpaquePointer) -> [MarkupEvent] {
    var events: [MarkupEvent] = []
    while unsafe next(reader) == 1 {
      // Node types of the .NET reader that libxml2's follows.
      switch unsafe kind(reader) {
      case 1:
        let element = unsafe local(name(reader))
        let isEmpty = unsafe isEmpty(reader) == 1
        var attributes: [String: String] = [:]
        while unsafe nextAttribute(reader) == 1 {
          let key = unsafe local(name(reader))
          if attributes[key] == nil { attributes[key] = unsafe text(value(reader)) }
        }
        events.append(.begin(element, attributes: attributes))
        if isEmpty { events.append(.end(element)) }
      case 15: events.append(.end(unsafe local(name(reader))))
      // Text, CDATA, and white space.
      case 3, 4, 13, 14: events.append(.text(unsafe text(value(reader))))
      default: break
      }
    }
    return events
  }

  /// Pages of HTML know no prefixes, and keep them in the name.
  private func local(_ name: UnsafePointer<CChar>?) -> String {
    let whole = unsafe text(name).lowercased()
    return whole.lastIndex(of: ":").map { String(whole[whole.index(after: $0)...]) } ?? whole
  }

  private func text(_ words: UnsafePointer<CChar>?) -> String {
    unsafe words.map { unsafe String(cString: $0) } ?? ""
  }
}
