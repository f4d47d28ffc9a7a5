import CBase64

/// Repairs the one thing that is JSON by its grammar but no text: an escaped surrogate without its
/// partner, which a client that cuts text between UTF-16 units can send.
///
/// Source: protocol notes, section 1.
enum LoneSurrogates {
  /// `json` with every lone `\uD800`...`\uDFFF` turned to `\ufffd`; nil when there is none.
  static func repaired(_ json: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var result: [UInt8]?
    var position = 0
    while true {
      position = unsafe nextBackslash(json, from: position)
      guard position + 1 < json.count else { return result }
      guard let unit = unsafe unit(json, at: position) else {
        position += 2
        continue
      }
      if unit & 0xFC00 == 0xD800, let next = unsafe self.unit(json, at: position + 6),
        next & 0xFC00 == 0xDC00
      {
        position += 12
        continue
      }
      if unit & 0xF800 == 0xD800 {
        if result == nil { result = unsafe Array(json) }
        result?.replaceSubrange(position + 2..<position + 6, with: "fffd".utf8)
      }
      position += 6
    }
  }

  private static func nextBackslash(_ json: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = json.baseAddress, start < json.count else { return json.count }
    return unsafe start
      + kugel_find_byte(base + start, json.count - start, UInt8(ascii: "\\"))
  }

  /// The code unit of the escape `\uXXXX` that begins at `position`.
  private static func unit(_ json: UnsafeBufferPointer<UInt8>, at position: Int) -> UInt16? {
    guard position + 6 <= json.count, unsafe json[position] == UInt8(ascii: "\\"),
      unsafe json[position + 1] == UInt8(ascii: "u")
    else { return nil }
    var unit: UInt16 = 0
    for offset in 2..<6 {
      guard let digit = unsafe Character(Unicode.Scalar(json[position + offset])).hexDigitValue
      else { return nil }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }
}
