import KugelText

/// What is said, in a quarter of its size, while nobody speaks it.
package struct PackedText: Equatable, Sendable {
  package let utf8: [UInt8]
  private let map: SourceMap
  private let endings: [SourcedText.Ending]
  /// Nothing but white space.
  package let isEmpty: Bool
  /// There is something in it that a voice can say.
  package let isSpeakable: Bool
  /// Unicode scalars.
  package let count: Int

  package init(_ text: SourcedText) {
    utf8 = Array(text.string.utf8)
    map = text.map
    endings = text.endings
    isEmpty = text.scalars.allSatisfy(\.isWhite)
    isSpeakable = text.scalars.contains(where: \.isSpeakable)
    count = text.count
  }

  package var text: SourcedText {
    SourcedText(
      Array(String(decoding: utf8, as: UTF8.self).unicodeScalars), map: map, endings: endings)
  }

  /// - Parameter bytes: the most it may be.
  package func beginning(_ bytes: Int) -> String {
    String(decoding: utf8.prefix(bytes), as: UTF8.self)
  }
}
