/// What the wire is tried with.
extension SeededGenerator {
  package mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  package mutating func bytes(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let word = next()
      for shift in 0..<min(8, count - bytes.count) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift * 8)))
      }
    }
    return bytes
  }

  /// `bytes` with a few of them changed, removed, doubled or exchanged for JSON's marks.
  package mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    let marks = Array("\"{}[]:,\\=0123456789.-+eEnulltrue \n\u{7F}é/A".utf8)
    for _ in 0...below(3) where !result.isEmpty {
      let place = below(result.count)
      switch below(5) {
      case 0: result[place] = UInt8.random(in: 0...255, using: &self)
      case 1: result.remove(at: place)
      case 2: result.insert(marks[below(marks.count)], at: place)
      case 3: result[place] = marks[below(marks.count)]
      default:
        let end = min(result.count, place + 1 + below(12))
        result.insert(contentsOf: Array(result[place..<end]), at: below(result.count))
      }
    }
    return result
  }
}
