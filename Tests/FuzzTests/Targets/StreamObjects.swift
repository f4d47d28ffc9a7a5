import KugelWire

@testable import KugelStreams

extension FuzzTarget {
  /// The objects of streams, read as streams read them and as messages are read: what one takes for JSON
  /// is JSON to the other, and says the same.
  static let streamObjects = FuzzTarget("stream-objects") { input in
    for json in input.messages where String(validating: json, as: UTF8.self) != nil {
      guard let object = StreamObject(json) else { continue }
      let known = unsafe json.withUnsafeBufferPointer { unsafe try? withWireObject($0) { $0 } }
      guard let known else { throw Finding(description: "messages read no object: \(json)") }
      try readAlike(object, known)
    }
  }

  private static func readAlike(_ object: StreamObject, _ known: WireFields) throws(Finding) {
    // Of two members of one name either may count, and half a letter names nothing.
    guard known.names.count == object.size else { return }
    for name in known.names where !name.unicodeScalars.contains("\u{FFFD}") {
      try same(object.has(name), known.has(name), "\(name) is there")
      var joiner = SplitSurrogates.Joiner()
      let text = object.text(name).map { joiner.join($0) + (joiner.finish() ?? "") }
      // Halves of letters and noncharacters become U+FFFD here.
      if !(text ?? "").unicodeScalars.contains("\u{FFFD}") {
        try same(text ?? "", (try? known.string(name)) ?? "", "\(name) is this text")
      }
      try same(object.isTrue(name), (try? known.flag(name)) ?? false, "\(name) is true")
      if let number = object.number(name), number.isFinite, let other = try? known.number(name) {
        try same(number, other, "\(name) is this number")
      }
      if let inner = object.object(name), let other = try? known.object(name) {
        try readAlike(inner, other)
      }
    }
  }
}
