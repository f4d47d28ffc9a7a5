import KugelReading
import KugelSystem

/// Reads from a descriptor what a model or an agent writes there, or a text as any other: whatever has come, as
/// soon as it has come.
struct AnswerInput {
  enum Arrival: Equatable {
    /// Nothing of it is left to decode.
    case parts([AnswerText.Part], isLast: Bool)
    case failed(code: CInt)
    /// It is no text.
    case binary(BinaryInputError)
  }

  let descriptor: CInt
  /// For messages.
  let name: String
  /// Of the terminal that shows what is typed here; nil for whatever else is read.
  var echo: CopiedLine?
  private var answer: AnswerText
  private var decoder: TextDecoder
  private var told: [InputRemark] = []

  /// - Parameter allowsNUL: it separates texts.
  init(descriptor: CInt, name: String, allowsNUL: Bool, _ reading: AnswerReading) {
    self.descriptor = descriptor
    self.name = name
    answer = AnswerText(reading)
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
      return .parts(try parts(of: bytes), isLast: bytes.isEmpty)
    } catch {
      return .binary(error)
    }
  }

  /// - Parameter bytes: none at the end.
  private mutating func parts(of bytes: [UInt8]) throws(BinaryInputError) -> [AnswerText.Part] {
    var parts: [AnswerText.Part] = []
    for part in bytes.isEmpty ? answer.finish() : answer.read(bytes) {
      if case .plain(let bytes) = part {
        parts.append(.text(try decoder.decode(bytes)))
      } else {
        parts.append(part)
      }
    }
    if bytes.isEmpty { parts.append(.text(try decoder.finish())) }
    return parts
  }
}
