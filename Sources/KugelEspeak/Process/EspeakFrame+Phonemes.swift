// The bodies of the frames about phonemes: a count of what follows before each list, text and number.
extension PhonemeRequest {
  var body: [UInt8] {
    texts.reduce(into: EspeakFrame.counted(Array(identifier.utf8))) { body, text in
      body += EspeakFrame.counted(text)
    }
  }

  /// - Returns: nil for what no request is like.
  init?(body: ArraySlice<UInt8>) {
    var rest = body
    guard let identifier = rest.takeCounted() else { return nil }
    self.init(identifier: String(decoding: identifier, as: UTF8.self), texts: [])
    while !rest.isEmpty {
      guard let text = rest.takeCounted() else { return nil }
      texts.append(Array(text))
    }
  }
}

extension PhonemeClause {
  /// - Parameter texts: the clauses of each text.
  static func body(of texts: [[PhonemeClause]]) -> [UInt8] {
    texts.reduce(into: []) { body, clauses in
      body += EspeakFrame.number(Int32(clamping: clauses.count))
      for clause in clauses {
        body += EspeakFrame.counted(Array(clause.phonemes.utf8))
        body += EspeakFrame.number(Int32(clamping: clause.end))
        body += EspeakFrame.number(clause.isLast ? 1 : 0)
      }
    }
  }

  /// - Returns: nil for what no such list is like.
  static func clauses(in body: ArraySlice<UInt8>) -> [[PhonemeClause]]? {
    var rest = body
    var texts: [[PhonemeClause]] = []
    while !rest.isEmpty {
      guard let count = rest.takeNumber(), count >= 0 else { return nil }
      var clauses: [PhonemeClause] = []
      for _ in 0..<count {
        guard let phonemes = rest.takeCounted(), let end = rest.takeNumber(), end >= 0,
          let isLast = rest.takeNumber()
        else { return nil }
        clauses.append(
          PhonemeClause(
            phonemes: String(decoding: phonemes, as: UTF8.self), end: Int(end),
            isLast: isLast != 0))
      }
      texts.append(clauses)
    }
    return texts
  }
}

extension EspeakFrame {
  static func counted(_ bytes: [UInt8]) -> [UInt8] { number(Int32(clamping: bytes.count)) + bytes }
}

extension ArraySlice<UInt8> {
  /// Takes a count and as many bytes off the front; nil when they are not there.
  fileprivate mutating func takeCounted() -> ArraySlice<UInt8>? {
    var rest = self
    guard let count = rest.takeNumber(), (0...rest.count).contains(Int(count)) else { return nil }
    defer { self = rest.dropFirst(Int(count)) }
    return rest.prefix(Int(count))
  }
}
