/// A stream of objects: parts the bytes, decodes each object, and has it read.
struct FramedStream: Sendable {
  private enum Parts: Sendable {
    case events(EventStreamReader)
    case lines(LineReader)
  }

  /// Objects that are passed over with a word for each; the others are counted.
  private static let longestTelling = 3

  private let name: String
  private var decoder: any AnswerDecoder
  private var parts: Parts
  private var answer = AnswerWriter()
  /// Until the first object is whole: an error may be written on several lines, in place of events too.
  private var first: FirstObject? = FirstObject()
  private var objects = 0
  private var skipped = 0
  /// How the input begins, for whoever is told that it is not what it should be.
  private var beginning: [UInt8] = []

  /// - Parameter name: of the format, for people.
  init(_ framing: StreamFormat.Framing, _ decoder: any AnswerDecoder, name: String) {
    self.name = name
    self.decoder = decoder
    parts = framing == .events ? .events(EventStreamReader()) : .lines(LineReader())
  }

  mutating func read(_ bytes: [UInt8]) -> [StreamEvent] {
    if beginning.count < 60 { beginning += bytes.prefix(60) }
    guard first != nil else {
      takeParts(of: bytes)
      return answer.drain()
    }
    switch first?.read(bytes) {
    case .undecided, nil: break
    case .absent: replay()
    case .object(let range): takeFirst(range)
    }
    return answer.drain()
  }

  mutating func finish() -> [StreamEvent] {
    if first != nil { replay() }
    switch parts {
    case .events(var reader): for item in reader.finish() { take(item, isLast: true) }
    case .lines(var reader): for line in reader.finish() { take(line, isLast: true) }
    }
    decoder.finish(into: &answer)
    let isBlank = FirstObject.firstMark(in: beginning) == nil
    if objects == 0, !isBlank, !answer.hasFailed {
      answer.failed(StreamFailure("it is no stream of \(name): \(excerpt)", mayPass: false))
    }
    answer.finish()
    let isCut = objects > 0 && !answer.isWhole && !answer.hasFailed
    if isCut { answer.paragraph() }
    if skipped > Self.longestTelling {
      answer.warning("\(skipped - Self.longestTelling) more are no objects of JSON")
    }
    return answer.drain() + (isCut ? [.cut] : [])
  }

  private var excerpt: String {
    "it begins with " + String(decoding: beginning.prefix(60), as: UTF8.self).debugDescription
  }

  /// The first object is whole, whatever lines it stands on.
  private mutating func takeFirst(_ range: Range<Int>) {
    guard let held = first?.held, let object = StreamObject(Array(held[range])) else {
      replay()
      return
    }
    first = nil
    take(object)
    let lines = 1 + held[..<range.upperBound].count { $0 == UInt8(ascii: "\n") }
    switch parts {
    case .events: parts = .events(EventStreamReader(firstLine: lines))
    case .lines: parts = .lines(LineReader(firstLine: lines))
    }
    takeParts(of: Array(held[range.upperBound...]))
  }

  /// No object stands first: what was held is taken line by line.
  private mutating func replay() {
    let held = first?.held ?? []
    first = nil
    takeParts(of: held)
  }

  private mutating func takeParts(of bytes: [UInt8]) {
    switch parts {
    case .events(var reader):
      parts = .lines(LineReader())
      let items = reader.read(bytes)
      parts = .events(reader)
      for item in items { take(item) }
    case .lines(var reader):
      parts = .lines(LineReader())
      let lines = reader.read(bytes)
      parts = .lines(reader)
      for line in lines { take(line) }
    }
  }

  private mutating func take(_ item: EventStreamReader.Item, isLast: Bool = false) {
    switch item {
    case .data(let data, let line):
      if data == doneMark {
        objects += 1
        decoder.done(into: &answer)
      } else if let object = StreamObject(data) {
        take(object)
      } else if !isLast, !data.allSatisfy(\.isBlank) {
        skip("the event on line \(line) is no object of JSON")
      }
    case .errorField(let data, line: _):
      objects += 1
      let failure = StreamObject(data).flatMap { StreamFailure(in: $0, inAnswer: answer.hasText) }
      answer.failed(
        failure ?? StreamFailure(String(decoding: data, as: UTF8.self), mayPass: answer.hasText))
    case .tooLong(let line): skip("the event on line \(line) is too long")
    // The standard passes over fields that it does not know.
    case .stray: break
    }
  }

  /// - Parameter isLast: no end of a line follows, so that it may be torn.
  private mutating func take(_ line: LineReader.Line, isLast: Bool = false) {
    switch line {
    case .bytes(let bytes, let number):
      if bytes.allSatisfy(\.isBlank) { break }
      if let object = StreamObject(bytes) {
        take(object)
      } else if !isLast || objects == 0 {
        skip("line \(number) is no object of JSON")
      }
    case .tooLong(let number): skip("line \(number) is too long")
    }
  }

  private mutating func take(_ object: StreamObject) {
    objects += 1
    decoder.take(object, into: &answer)
  }

  private mutating func skip(_ what: String) {
    skipped += 1
    if skipped <= Self.longestTelling { answer.warning(what + ", and is passed over") }
  }
}
