import KugelText
import KugelWire

/// One sound file to be made: its text, where that came from, and how it is to be spoken.
package struct NarrationItem: Equatable, Sendable {
  /// In the order of the input, from 1.
  package var number: Int
  /// What the input is called: a file's last name, `-` for standard input.
  package var source: String
  /// Its place in the source, Unicode scalars.
  package var range: Range<Int>
  /// What is said; its map leads to places of `original`.
  package let text: PackedText
  /// The text of the source, shared by the items that are made of it, and the part of it that this one is
  /// made of.
  package let original: SourceText
  package let part: Range<Int>
  /// Its heading, or what a list calls it.
  package var title: String?
  package var wish: ItemWish
  /// When its parts are to be heard, in order; empty where they follow one another.
  package var slots: [Slot] = []
  /// Where the item is named to people: `book.txt, line 12`.
  package var place: String

  package init(
    number: Int, source: String, range: Range<Int>, said: SourcedText, original: SourceText,
    part: Range<Int>, title: String? = nil, wish: ItemWish = ItemWish(), place: String
  ) {
    self.number = number
    self.source = source
    self.range = range
    text = PackedText(said)
    self.original = original
    self.part = part
    self.title = title
    self.wish = wish
    self.place = place
  }

  /// Made anew each time it is asked for.
  package var said: SourcedText { text.text }
  package var written: [Unicode.Scalar] { original[part] }
  package var isSpeakable: Bool { text.isSpeakable }
}

/// What a list says of one of its items.
package struct ItemWish: Equatable, Sendable {
  package var voice: String?
  package var language: String?
  /// Of the file, with or without an extension.
  package var name: String?
  package var title: String?
  package var settings: [SettingChange] = []

  package init() {}
}
