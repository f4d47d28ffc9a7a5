/// Where the tags of a text stand, and what they enclose.
package struct SourceMarkup {
  package struct Place {
    package var range: Range<Int>
    package var tag: MarkupTag
  }

  /// From behind its opening tag to its closing one, or to the end.
  private struct Element {
    var opening: Range<Int>
    var name: String
    var content: Range<Int>
  }

  /// In the order of the text.
  package let places: [Place]
  private let scalars: [Unicode.Scalar]
  private var elements: [Element] = []

  package init(_ scalars: [Unicode.Scalar]) {
    self.scalars = scalars
    var places: [Place] = []
    var index = 0
    while let start = scalars[index...].firstIndex(of: "<") {
      if let (tag, end) = MarkupTag.read(in: scalars, at: start, before: scalars.count) {
        places.append(Place(range: start..<end, tag: tag))
        index = end
      } else {
        index = start + 1
      }
    }
    self.places = places
    var open: [Element] = []
    for place in places where ["prosody", "spell"].contains(place.tag.name) {
      if place.tag.isClosing {
        guard let last = open.lastIndex(where: { $0.name == place.tag.name }) else { continue }
        var element = open.remove(at: last)
        element.content = element.opening.upperBound..<place.range.lowerBound
        elements.append(element)
      } else if !place.tag.isSelfClosing {
        open.append(
          Element(
            opening: place.range, name: place.tag.name,
            content: place.range.upperBound..<scalars.count))
      }
    }
    elements += open
  }

  /// The tag that `index` stands in.
  package func place(at index: Int) -> Place? {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle].range.upperBound <= index { low = middle + 1 } else { high = middle }
    }
    return low < places.count && places[low].range.contains(index) ? places[low] : nil
  }

  /// The opening tags of what encloses `index`, outermost first.
  package func openings(around index: Int) -> [Range<Int>] {
    elements.filter { $0.content.contains(index) }.map(\.opening)
      .sorted { $0.lowerBound < $1.lowerBound }
  }

  package func isSpelled(_ index: Int) -> Bool {
    elements.contains { $0.name == "spell" && $0.content.contains(index) }
  }

  /// Where the first pause in `range` is asked for.
  package func pause(in range: Range<Int>) -> Int? {
    places.first {
      $0.tag.name == "break" && !$0.tag.isClosing && range.contains($0.range.lowerBound)
    }?.range.lowerBound
  }

  // MARK: - What is to be said

  /// The first scalar at or behind `start` that is no white space.
  package func skippingBlanks(from start: Int) -> Int {
    scalars[start...].firstIndex { !$0.isWhite } ?? scalars.count
  }

  /// Behind white space and the ends of elements: there is nothing to say in them.
  package func skippingEnds(from start: Int) -> Int {
    var index = skippingBlanks(from: start)
    while let place = place(at: index), place.tag.isClosing {
      index = skippingBlanks(from: place.range.upperBound)
    }
    return index
  }

  /// Whether anything but tags and white space stands behind `start`.
  package func hasWords(from start: Int) -> Bool {
    var index = skippingBlanks(from: start)
    while let place = place(at: index) {
      index = skippingBlanks(from: place.range.upperBound)
    }
    return index < scalars.count
  }

  /// The tags that have to be said again when the text goes on at `start`.
  package func openingTags(around start: Int) -> String {
    openings(around: start).map { String(scalars: scalars[$0]) }.joined()
  }
}
