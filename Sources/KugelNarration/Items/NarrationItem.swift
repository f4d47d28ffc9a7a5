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
  /// What is said; its map leads to places of which `origin` is the first of `written`.
  package var said: SourcedText
  /// The text of the source that the item is made of.
  package var written: [Unicode.Scalar]
  package var origin: Int
  /// Its heading, or what a list calls it.
  package var title: String?
  package var wish: ItemWish
  /// When its parts are to be heard, in order; empty where they follow one another.
  package var slots: [Slot] = []
  /// Where the item is named to people: `book.txt, line 12`.
  package var place: String

  package init(
    number: Int, source: String, range: Range<Int>, said: SourcedText, written: [Unicode.Scalar],
    origin: Int = 0, title: String? = nil, wish: ItemWish = ItemWish(), place: String
  ) {
    self.number = number
    self.source = source
    self.range = range
    self.said = said
    self.written = written
    self.origin = origin
    self.title = title
    self.wish = wish
    self.place = place
  }

  /// There is something in it that a voice can say.
  package var isSpeakable: Bool { said.scalars.contains(where: \.isSpeakable) }
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
