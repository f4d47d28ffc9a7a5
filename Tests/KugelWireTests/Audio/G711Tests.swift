import KugelWire
import Testing

@Suite struct G711Tests {
  @Test(arguments: [
    // Sample, µ-law, A-law: values of ITU-T G.711, tables 1 and 2.
    (Int16(0), UInt8(0xFF), UInt8(0xD5)), (-1, 0x7F, 0x55), (.max, 0x80, 0xAA), (.min, 0x00, 0x2A),
    (1000, 0xCE, 0xFA), (-1000, 0x4E, 0x7A), (8, 0xFE, 0xD5), (-8, 0x7E, 0x55),
  ])
  func `known samples have their known codes`(sample: Int16, muLaw: UInt8, aLaw: UInt8) {
    #expect(G711.encodeMuLaw([sample]) == [muLaw])
    #expect(G711.encodeALaw([sample]) == [aLaw])
  }

  @Test func `every code survives decoding and encoding`() {
    let codes = (0...255).map { UInt8($0) }
    // µ-law has two zeros; the negative one comes back as the positive one.
    #expect(
      G711.encodeMuLaw(G711.decodeMuLaw(codes)) == codes.map { $0 == 0x7F ? 0xFF : $0 })
    #expect(G711.encodeALaw(G711.decodeALaw(codes)) == codes)
  }

  @Test func `an error is at most half a step of the sample's segment`() {
    for value in stride(from: -32_000, through: 32_000, by: 7) {
      let sample = Int16(value)
      let allowed = max(8, abs(value) / 16)
      #expect(abs(Int(G711.decodeMuLaw(G711.encodeMuLaw([sample]))[0]) - value) <= allowed)
      #expect(abs(Int(G711.decodeALaw(G711.encodeALaw([sample]))[0]) - value) <= max(16, allowed))
    }
  }

  @Test func `no samples, no bytes`() {
    #expect(G711.encodeMuLaw([]) == [])
    #expect(G711.decodeALaw([]) == [])
  }
}
