import KugelText

/// Where the tags of a text stand, and what they enclose.
struct SourceMarkup {
  struct Place {
    var range: Range<Int>
    var tag: MarkupTag
  }

  /// From behind its opening tag to its closing one, or to the end.
  private struct Element {
    var opening: Range<Int>
    var name: String
    var content: Range<Int>
  }

  /// In the order of the text.
  let places: [Place]
  private var elements: [Element] = []

  init(_ scalars: [Unicode.Scalar]) {
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
  func place(at index: Int) -> Place? {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle].range.upperBound <= index { low = middle + 1 } else { high = middle }
    }
    return low < places.count && places[low].range.contains(index) ? places[low] : nil
  }

  /// The opening tags of what encloses `index`, outermost first.
  func openings(around index: Int) -> [Range<Int>] {
    elements.filter { $0.content.contains(index) }.map(\.opening)
      .sorted { $0.lowerBound < $1.lowerBound }
  }

  func isSpelled(_ index: Int) -> Bool {
    elements.contains { $0.name == "spell" && $0.content.contains(index) }
  }

  /// Where the first pause in `range` is asked for.
  func pause(in range: Range<Int>) -> Int? {
    places.first {
      $0.tag.name == "break" && !$0.tag.isClosing && range.contains($0.range.lowerBound)
    }?.range.lowerBound
  }
}
