import KugelReading
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
    /// It is no text.
    case binary(BinaryInputError)
  }

  let descriptor: CInt
  /// For messages.
  let name: String
  /// Of the terminal that shows what is typed here; nil for whatever else is read.
  var echo: CopiedLine?
  private var decoder: TextDecoder
  private var told: [InputRemark] = []

  /// - Parameter allowsNUL: it separates texts.
  init(descriptor: CInt, name: String = "standard input", allowsNUL: Bool = false) {
    self.descriptor = descriptor
    self.name = name
    decoder = TextDecoder(allowsNUL: allowsNUL)
  }

  /// What is to be told of the text that was read, each thing once.
  mutating func remarks() -> [InputRemark] {
    let news = decoder.remarks.filter { !told.contains($0) }
    told += news
    return news
  }

  /// Call it when the descriptor is readable; nil when there was nothing after all.
  mutating func read() -> Arrival? {
    let bytes: [UInt8]
    do throws(SystemError) {
      guard let read = try Descriptor.readWhatIsThere(descriptor) else { return nil }
      bytes = read
      echo?.wrote(read)
    } catch {
      return .failed(code: error.code)
    }
    do throws(BinaryInputError) {
      return bytes.isEmpty
        ? .end(try decoder.finish()) : .text(try decoder.decode(bytes), bytes: bytes)
    } catch {
      return .binary(error)
    }
  }
}
