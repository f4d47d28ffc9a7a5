/// A decoder or parser, and what must hold of it whatever it is given.
struct FuzzTarget: Sendable {
  /// As `run.sh` and the folder of its inputs name it.
  let name: String
  /// - Throws: a `Finding` when something does not hold. A trap is a finding too.
  let check: @Sendable ([UInt8]) throws -> Void

  init(_ name: String, check: @escaping @Sendable ([UInt8]) throws -> Void) {
    self.name = name
    self.check = check
  }

  static let all: [FuzzTarget] = [
    .serviceFrames, .clientFrames, .elevenLabsFrames, .voiceLists, .base64, .webSocket, .http,
    .screenplay, .sentences, .streams, .markup, .sessionLines, .jsonLines, .completion,
    .configuration, .addresses, .serviceCalls, .reading, .eventStreams, .answers,
    .streamObjects, .json,
  ]
}

/// What does not hold, in a sentence.
struct Finding: Error, CustomStringConvertible {
  let description: String
}

/// - Parameter sentence: what must hold.
func hold(_ condition: Bool, _ sentence: @autoclosure () -> String) throws(Finding) {
  guard condition else { throw Finding(description: "it does not hold that " + sentence()) }
}

func same<Value: Equatable>(
  _ one: Value, _ other: Value, _ sentence: @autoclosure () -> String
) throws(Finding) {
  guard one == other else {
    throw Finding(
      description: "it does not hold that \(sentence()):\n  \(one)\n  \(other)")
  }
}

/// Byte by byte: as strings, texts that only look alike would be equal.
func same(_ one: String, _ other: String, _ sentence: @autoclosure () -> String) throws(Finding) {
  guard one.utf8.elementsEqual(other.utf8) else {
    throw Finding(
      description: "it does not hold that \(sentence()):\n  \(one.debugDescription)\n  "
        + other.debugDescription)
  }
}
