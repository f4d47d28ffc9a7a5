/// The sum by which catalogues name their files; it tells damage, not deceit.
///
/// Source: RFC 1321.
package struct MD5 {
  private var state: (UInt32, UInt32, UInt32, UInt32) = (
    0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476
  )
  private var waiting: [UInt8] = []
  private var count: UInt64 = 0

  package init() {}

  package mutating func add(_ bytes: some Sequence<UInt8>) {
    let before = waiting.count
    waiting.append(contentsOf: bytes)
    count += UInt64(waiting.count - before)
    let whole = waiting.count / 64 * 64
    for start in stride(from: 0, to: whole, by: 64) { mix(start) }
    waiting.removeFirst(whole)
  }

  /// Hexadecimal, in lower case; nothing may be added afterwards.
  package mutating func finish() -> String {
    let bits = count &* 8
    let zeros = (119 - waiting.count % 64) % 64
    add([0x80] + [UInt8](repeating: 0, count: zeros))
    add((0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) })
    let digits = Array("0123456789abcdef")
    return [state.0, state.1, state.2, state.3].reduce(into: "") { text, word in
      for shift in stride(from: 0, to: 32, by: 8) {
        let byte = Int(word >> UInt32(shift) & 0xFF)
        text.append(digits[byte >> 4])
        text.append(digits[byte & 15])
      }
    }
  }

  private static let turns: [UInt32] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
  private static let sines: [UInt32] = [
    0xd76a_a478, 0xe8c7_b756, 0x2420_70db, 0xc1bd_ceee, 0xf57c_0faf, 0x4787_c62a, 0xa830_4613,
    0xfd46_9501, 0x6980_98d8, 0x8b44_f7af, 0xffff_5bb1, 0x895c_d7be, 0x6b90_1122, 0xfd98_7193,
    0xa679_438e, 0x49b4_0821, 0xf61e_2562, 0xc040_b340, 0x265e_5a51, 0xe9b6_c7aa, 0xd62f_105d,
    0x0244_1453, 0xd8a1_e681, 0xe7d3_fbc8, 0x21e1_cde6, 0xc337_07d6, 0xf4d5_0d87, 0x455a_14ed,
    0xa9e3_e905, 0xfcef_a3f8, 0x676f_02d9, 0x8d2a_4c8a, 0xfffa_3942, 0x8771_f681, 0x6d9d_6122,
    0xfde5_380c, 0xa4be_ea44, 0x4bde_cfa9, 0xf6bb_4b60, 0xbebf_bc70, 0x289b_7ec6, 0xeaa1_27fa,
    0xd4ef_3085, 0x0488_1d05, 0xd9d4_d039, 0xe6db_99e5, 0x1fa2_7cf8, 0xc4ac_5665, 0xf429_2244,
    0x432a_ff97, 0xab94_23a7, 0xfc93_a039, 0x655b_59c3, 0x8f0c_cc92, 0xffef_f47d, 0x8584_5dd1,
    0x6fa8_7e4f, 0xfe2c_e6e0, 0xa301_4314, 0x4e08_11a1, 0xf753_7e82, 0xbd3a_f235, 0x2ad7_d2bb,
    0xeb86_d391,
  ]

  private mutating func mix(_ start: Int) {
    var words = [UInt32](repeating: 0, count: 16)
    for index in 0..<64 {
      words[index / 4] |= UInt32(waiting[start + index]) << UInt32(8 * (index % 4))
    }
    var (a, b, c, d) = state
    for round in 0..<64 {
      let (value, word): (UInt32, Int) =
        switch round / 16 {
        case 0: (b & c | ~b & d, round)
        case 1: (d & b | ~d & c, (5 * round + 1) % 16)
        case 2: (b ^ c ^ d, (3 * round + 5) % 16)
        default: (c ^ (b | ~d), 7 * round % 16)
        }
      let sum = a &+ value &+ Self.sines[round] &+ words[word]
      let turn = Self.turns[round / 16 * 4 + round % 4]
      (a, d, c, b) = (d, c, b, b &+ (sum << turn | sum >> (32 - turn)))
    }
    state = (state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d)
  }
}
