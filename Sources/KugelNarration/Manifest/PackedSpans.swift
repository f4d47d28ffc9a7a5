/// Spans in a few bytes each, as there are many of them: each is written as its distance from the one before.
///
/// They are read from the first on.
package struct PackedSpans: Sequence, Equatable, Sendable {
  package typealias Element = SoundTimeline.Span

  private var bytes: [UInt8] = []
  package private(set) var count = 0
  /// Where the last one ends: scalars and samples.
  private var last = (text: 0, samples: 0)

  package init() {}

  package init(_ spans: some Sequence<SoundTimeline.Span>) { append(contentsOf: spans) }

  package var isEmpty: Bool { count == 0 }

  package static func == (one: Self, two: Self) -> Bool { one.bytes == two.bytes }

  package mutating func append(_ span: SoundTimeline.Span) {
    write(signed: span.text.lowerBound - last.text)
    write(UInt64(span.text.count))
    write(signed: span.samples.lowerBound - last.samples)
    write(UInt64(span.samples.count))
    last = (span.text.upperBound, span.samples.upperBound)
    count += 1
  }

  package mutating func append(contentsOf spans: some Sequence<SoundTimeline.Span>) {
    for span in spans { append(span) }
  }

  /// Small distances to either side are small numbers.
  private mutating func write(signed value: Int) {
    write(UInt64(bitPattern: Int64(value << 1 ^ value >> (Int.bitWidth - 1))))
  }

  /// Seven bits to a byte, the lowest first; a set eighth says that more follow.
  private mutating func write(_ value: UInt64) {
    var rest = value
    while rest > 127 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  package struct Iterator: IteratorProtocol {
    fileprivate let bytes: [UInt8]
    private var place = 0
    private var last = (text: 0, samples: 0)

    fileprivate init(bytes: [UInt8]) { self.bytes = bytes }

    package mutating func next() -> SoundTimeline.Span? {
      guard place < bytes.count else { return nil }
      let text = last.text + readSigned()
      let textEnd = text + Int(read())
      let samples = last.samples + readSigned()
      let samplesEnd = samples + Int(read())
      last = (textEnd, samplesEnd)
      return SoundTimeline.Span(text: text..<textEnd, samples: samples..<samplesEnd)
    }

    private mutating func readSigned() -> Int {
      let value = Int(bitPattern: UInt(read()))
      return Int(bitPattern: UInt(bitPattern: value) >> 1) ^ -(value & 1)
    }

    private mutating func read() -> UInt64 {
      var (value, shift) = (UInt64(0), 0)
      while true {
        let byte = bytes[place]
        place += 1
        value |= UInt64(byte & 127) << shift
        if byte < 128 { return value }
        shift += 7
      }
    }
  }

  package func makeIterator() -> Iterator { Iterator(bytes: bytes) }
  package var underestimatedCount: Int { count }
}
