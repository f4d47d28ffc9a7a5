/// Where in an item's sound its text is.
package struct SoundTimeline: Equatable, Sendable {
  package struct Span: Equatable, Sendable {
    /// Unicode scalars of what is said.
    package var text: Range<Int>
    /// From the beginning of the file.
    package var samples: Range<Int>

    package init(text: Range<Int>, samples: Range<Int>) {
      self.text = text
      self.samples = samples
    }
  }

  /// Together they are the sound.
  package var sentences = PackedSpans()
  /// Empty where the voice tells no word times.
  package var words = PackedSpans()

  package init() {}

  /// Adds what was spoken behind it.
  package mutating func append(_ other: SoundTimeline, text: Int, samples: Int) {
    sentences.append(
      contentsOf: other.sentences.lazy.map { $0.moved(text: text, samples: samples) })
    words.append(contentsOf: other.words.lazy.map { $0.moved(text: text, samples: samples) })
  }
}

extension SoundTimeline.Span {
  package func moved(text offset: Int, samples count: Int) -> SoundTimeline.Span {
    SoundTimeline.Span(
      text: text.lowerBound + offset..<text.upperBound + offset,
      samples: samples.lowerBound + count..<samples.upperBound + count)
  }
}
