import KugelSystem
import KugelText

/// Reads a growing text from a descriptor: whatever has come, as soon as it has come.
struct TextInput {
  enum Arrival: Equatable {
    /// The bytes as they were read, for copying on, and the whole characters they complete.
    case text(String, bytes: [UInt8])
    /// The end, and what a torn character at it became.
    case end(String)
    case failed(code: CInt)
  }

  let descriptor: CInt
  /// For messages.
  let name: String
  private var decoder = UTF8Decoder()

  init(descriptor: CInt, name: String = "standard input") {
    self.descriptor = descriptor
    self.name = name
  }

  /// Offset of the first byte that is not UTF-8.
  var firstInvalidOffset: Int? { decoder.firstInvalidOffset }

  /// Call it when the descriptor is readable; nil when there was nothing after all.
  mutating func read() -> Arrival? {
    do throws(SystemError) {
      guard let bytes = try Descriptor.readWhatIsThere(descriptor) else { return nil }
      return bytes.isEmpty
        ? .end(decoder.finish()) : .text(decoder.decode(bytes), bytes: bytes)
    } catch {
      return .failed(code: error.code)
    }
  }
}
