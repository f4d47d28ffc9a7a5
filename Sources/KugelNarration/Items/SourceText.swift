import KugelText

/// The text of a source, kept once for all items that are made of it. Places count Unicode scalars.
package final class SourceText: Sendable, Equatable {
  /// Scalars from one known place to the next.
  private static let stride = 1024

  private let utf8: [UInt8]
  /// The byte at which each of so many scalars begins.
  private let places: [Int]
  package let count: Int

  package init(_ text: String) {
    let bytes = Array(text.utf8)
    utf8 = bytes
    var (places, count) = ([Int](), 0)
    for (index, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
      if count % Self.stride == 0 { places.append(index) }
      count += 1
    }
    (self.places, self.count) = (places, count)
  }

  package convenience init(_ scalars: [Unicode.Scalar]) { self.init(String(scalars: scalars)) }

  package static func == (one: SourceText, two: SourceText) -> Bool {
    one === two || one.utf8 == two.utf8
  }

  /// - Parameter range: clamped to the text.
  package subscript(range: Range<Int>) -> [Unicode.Scalar] {
    let range = range.clamped(to: 0..<count)
    guard !range.isEmpty else { return [] }
    let start = byte(of: range.lowerBound)
    let end = byte(of: range.upperBound)
    return Array(String(decoding: utf8[start..<end], as: UTF8.self).unicodeScalars)
  }

  private func byte(of scalar: Int) -> Int {
    guard scalar < count else { return utf8.count }
    var place = places[scalar / Self.stride]
    for _ in 0..<scalar % Self.stride {
      place += 1
      while utf8[place] & 0xC0 == 0x80 { place += 1 }
    }
    return place
  }
}
