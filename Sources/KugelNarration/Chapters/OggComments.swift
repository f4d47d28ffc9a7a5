/// The comments of an Ogg Opus file, which stand on pages of their own.
///
/// Source: RFC 3533; RFC 7845, section 5.2.
package enum OggComments {
  /// Where the pages of the comments begin and end, and the pages' stream.
  private struct Place {
    var pages: Range<Int>
    var stream: [UInt8]
    var count: Int
  }

  /// The beginning of the file with other comments, up to the first page of sound.
  ///
  /// - Parameter head: of the file, with all pages of its comments.
  /// - Returns: the new beginning, how many bytes of the file it stands for, and by how much the numbers
  ///   of all later pages grow; nil when it is no Ogg Opus file.
  package static func replaced(
    _ head: [UInt8], _ tags: BookTags
  ) -> (bytes: [UInt8], length: Int, shift: Int)? {
    guard let place = place(head) else { return nil }
    var comments = CommentChapters.comments(tags)
    if let picture = FLACMetadata.picture(tags) {
      comments.append("METADATA_BLOCK_PICTURE=" + base64(picture))
    }
    let packet = Array("OpusTags".utf8) + CommentChapters.block(vendor: "kugel", comments)
    let pages = pages(of: packet, stream: place.stream)
    return (
      Array(head[..<place.pages.lowerBound]) + pages.bytes, place.pages.upperBound,
      pages.count - place.count
    )
  }

  private static func place(_ head: [UInt8]) -> Place? {
    guard let first = OggPage(head, at: 0), head[first.content].starts(with: Array("OpusHead".utf8))
    else { return nil }
    var place = first.end
    var count = 0
    while let page = OggPage(head, at: place) {
      if count == 0 {
        guard head[page.content].starts(with: Array("OpusTags".utf8)) else { return nil }
      }
      count += 1
      place = page.end
      // The packet has ended with a segment that is not full.
      if page.endsPacket {
        return Place(pages: first.end..<place, stream: Array(head[14..<18]), count: count)
      }
    }
    return nil
  }

  private static func pages(of packet: [UInt8], stream: [UInt8]) -> (bytes: [UInt8], count: Int) {
    var segments = [Int](repeating: 255, count: packet.count / 255) + [packet.count % 255]
    var bytes: [UInt8] = []
    var (start, count) = (0, 0)
    while !segments.isEmpty {
      let own = Array(segments.prefix(255))
      segments.removeFirst(own.count)
      let length = own.reduce(0, +)
      var page = ByteWriter()
      page.text("OggS")
      page.bytes += [0, start == 0 ? 0 : 1]
      // No packet that ends here has a place in the sound; none ends: -1.
      page.little(segments.isEmpty ? 0 : -1, 8)
      page.bytes += stream
      page.little(count + 1, 4)
      page.little(0, 4)
      page.bytes.append(UInt8(own.count))
      page.bytes += own.map { UInt8($0) }
      page.bytes += packet[start..<start + length]
      bytes += OggPage.signed(page.bytes)
      start += length
      count += 1
    }
    return (bytes, count)
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let three = bytes[start..<min(start + 3, bytes.count)]
      let value = three.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - three.count))
      for place in 0..<4 {
        text.append(
          place <= three.count ? letters[value >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// One page of an Ogg file.
package struct OggPage: Equatable, Sendable {
  /// Of the bytes it was read from.
  package let start: Int
  package let content: Range<Int>
  /// The last packet on it ends on it.
  package let endsPacket: Bool
  package var end: Int { content.upperBound }

  /// - Returns: nil when no whole page begins there.
  package init?(_ bytes: [UInt8], at start: Int) {
    guard start + 27 <= bytes.count, bytes[start..<start + 4].elementsEqual("OggS".utf8) else {
      return nil
    }
    let count = Int(bytes[start + 26])
    let head = start + 27 + count
    guard head <= bytes.count else { return nil }
    let segments = bytes[start + 27..<head]
    let length = segments.reduce(0) { $0 + Int($1) }
    guard head + length <= bytes.count else { return nil }
    self.start = start
    content = head..<head + length
    endsPacket = segments.last.map { $0 < 255 } ?? false
  }

  /// The page with a higher number.
  package static func renumbered(_ page: [UInt8], by shift: Int) -> [UInt8] {
    guard shift != 0, page.count >= 27 else { return page }
    var page = page
    let number = (0..<4).reduce(0) { $0 | Int(page[18 + $1]) << (8 * $1) } + shift
    for place in 0..<4 { page[18 + place] = UInt8(truncatingIfNeeded: number >> (8 * place)) }
    return signed(page)
  }

  /// The page with its checksum.
  static func signed(_ page: [UInt8]) -> [UInt8] {
    var page = page
    for place in 22..<26 { page[place] = 0 }
    var sum: UInt32 = 0
    for byte in page { sum = sum << 8 ^ table[Int(UInt8(truncatingIfNeeded: sum >> 24) ^ byte)] }
    for place in 0..<4 { page[22 + place] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * place)) }
    return page
  }

  private static let table: [UInt32] = (0..<256).map { index in
    var sum = UInt32(index) << 24
    for _ in 0..<8 { sum = sum & 0x8000_0000 != 0 ? sum << 1 ^ 0x04C1_1DB7 : sum << 1 }
    return sum
  }
}
