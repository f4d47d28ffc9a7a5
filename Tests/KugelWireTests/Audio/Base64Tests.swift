import CBase64
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import KugelWire

struct Base64Tests {
  @Test func `RFC 4648's examples hold both ways`() {
    let examples = [
      "": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=",
      "foobar": "Zm9vYmFy",
    ]
    for (plain, text) in examples {
      #expect(Base64.encode(Array(plain.utf8)) == text)
      #expect(Base64.decode(Array(text.utf8)) == Array(plain.utf8))
    }
  }

  @Test func `every length goes there and back in both bodies, as Foundation has it`() {
    var random = SeededGenerator(seed: 1)
    for length in 0...400 {
      let bytes = random.bytes(length)
      let text = Data(bytes).base64EncodedString()
      #expect(twins { encode(bytes, $0) } == Array(text.utf8))
      #expect(twins { decode(Array(text.utf8), $0) } == bytes)
    }
  }

  @Test func `a byte outside the alphabet is refused wherever it stands`() {
    let text = Array(repeating: UInt8(ascii: "Q"), count: 200)
    for byte in UInt8.min...UInt8.max {
      let isFine = Data(base64Encoded: Data([byte, 0x51, 0x51, 0x51])) != nil
      for place in [0, 1, 31, 32, 33, 63, 150, 197] {
        var changed = text
        changed[place] = byte
        #expect((twins { decode(changed, $0) } != nil) == isFine, "\(byte) at \(place)")
      }
    }
  }

  @Test func `padding is whole and last`() {
    for bad in [
      "Q", "QQ", "QQ=", "QQQ", "Q===", "====", "QQ==QQ==", "Q=Q=", "QQ=Q", "=QQQ", "QQQ\n",
    ] {
      #expect(twins { decode(Array(bad.utf8), $0) } == nil, "\(bad)")
      let long = String(repeating: "AAAA", count: 30) + bad
      #expect(twins { decode(Array(long.utf8), $0) } == nil, "\(long)")
    }
    #expect(Base64.decode(Array("QR==".utf8)) == [0x41], "unused bits are not looked at")
  }

  @Test func `random damage is judged alike by both bodies and by a plain decoder`() {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<6000 {
      var text = Array(Data(random.bytes(random.below(120))).base64EncodedString().utf8)
      if !text.isEmpty, random.below(2) == 0 {
        text[random.below(text.count)] = UInt8.random(in: 0...127, using: &random)
      }
      let expected = plainly(text)
      #expect(twins { decode(text, $0) } == expected)
    }
  }

  private static let values = Dictionary(
    uniqueKeysWithValues: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
      .enumerated().map { ($0.element, $0.offset) })

  /// The definition, bit by bit. Foundation is no judge of damage: it takes some misplaced padding.
  private func plainly(_ text: [UInt8]) -> [UInt8]? {
    guard text.count.isMultiple(of: 4) else { return nil }
    var body = text[...]
    for _ in 0..<2 where body.last == UInt8(ascii: "=") { body.removeLast() }
    var (bits, held, bytes) = (0, 0, [UInt8]())
    for character in body {
      guard let value = Self.values[character] else { return nil }
      (bits, held) = (bits << 6 | value, held + 6)
      guard held >= 8 else { continue }
      held -= 8
      bytes.append(UInt8(bits >> held & 0xFF))
      bits &= (1 << held) - 1
    }
    return bytes
  }

  private enum Body { case vector, scalar }

  /// What both bodies say; an issue when they differ.
  private func twins(_ run: (Body) -> [UInt8]?) -> [UInt8]? {
    let result = run(.vector)
    #expect(result == run(.scalar))
    return result
  }

  // Both ends of source and target touch a page that may not be touched.

  private func decode(_ text: [UInt8], _ body: Body) -> [UInt8]? {
    let source = GuardedBuffer(text)
    let target = GuardedBuffer(count: text.count / 4 * 3)
    let count =
      unsafe body == .vector
      ? kugel_base64_decode(source.bytes, text.count, target.bytes)
      : kugel_base64_decode_scalar(source.bytes, text.count, target.bytes)
    return count < 0 ? nil : Array(target.contents.prefix(count))
  }

  private func encode(_ bytes: [UInt8], _ body: Body) -> [UInt8] {
    let source = GuardedBuffer(bytes)
    let target = GuardedBuffer(count: (bytes.count + 2) / 3 * 4)
    if body == .vector {
      unsafe kugel_base64_encode(source.bytes, bytes.count, target.bytes)
    } else {
      unsafe kugel_base64_encode_scalar(source.bytes, bytes.count, target.bytes)
    }
    return target.contents
  }
}

/// Memory that ends where the next page is forbidden.
@safe private final class GuardedBuffer {
  private static let page = 4096
  private let mapping: UnsafeMutableRawPointer
  private let mapped: Int
  private let count: Int

  init(count: Int) {
    self.count = count
    let pages = (count + Self.page - 1) / Self.page + 1
    mapped = pages * Self.page
    unsafe mapping = mmap(nil, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    unsafe mprotect(mapping + mapped - Self.page, Self.page, PROT_NONE)
  }

  convenience init(_ contents: [UInt8]) {
    self.init(count: contents.count)
    for (offset, byte) in contents.enumerated() { unsafe bytes[offset] = byte }
  }

  deinit { unsafe munmap(mapping, mapped) }

  var bytes: UnsafeMutablePointer<UInt8> {
    unsafe (mapping + mapped - Self.page - count).assumingMemoryBound(to: UInt8.self)
  }

  var contents: [UInt8] { unsafe Array(UnsafeBufferPointer(start: bytes, count: count)) }
}
