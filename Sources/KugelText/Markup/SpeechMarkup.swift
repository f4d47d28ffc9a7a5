/// Why a text's markup was refused. Offsets are in Unicode scalars.
package enum MarkupError: Error, Equatable, Sendable {
  case malformedProsody(offset: Int, cause: String)
}

extension MarkupError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformedProsody(let offset, let cause):
      "malformed <prosody> at character \(offset): \(cause)"
    }
  }
}

/// The protocol's markup: `<spell>`, `<break>`, `<prosody>`.
///
/// Tags of HTML are stripped and their text kept; what only looks like a tag (`<your-name>`, `<Enter>`,
/// `List<String>`) loses its brackets and is said. Inline IPA between slashes stays in the text: only
/// the engine knows what it can say of it.
///
/// Source: protocol notes, sections 12.1 and 12.2.
package enum SpeechMarkup {
  /// - Parameters:
  ///   - chunk: text with whole tags; a `<spell>` without its end is closed at the end.
  ///   - language: of the words that name spelled characters; ISO 639-1.
  ///   - breaks: how long pauses are.
  /// - Returns: the runs; a blank line at the ends of one stays, as two line ends.
  /// - Throws: when a `<prosody>` is not closed, not opened, nested, or has anything but one valid rate.
  package static func parse(
    _ chunk: String, language: String? = nil, breaks: BreakLengths = .snapped
  ) throws(MarkupError) -> MarkedText {
    var reader = Reader(
      scalars: Array(chunk.unicodeScalars), speller: Speller(language: language), breaks: breaks)
    try reader.read()
    return MarkedText(runs: reader.runs)
  }

  /// Whether every `<prosody>` of a message is well formed and closed in it.
  package static func check(_ message: String) throws(MarkupError) {
    guard message.unicodeScalars.contains("<") else { return }
    _ = try parse(message)
  }

  /// Milliseconds of a `<break>`; nil for none.
  package static func pause(of tag: MarkupTag, _ breaks: BreakLengths) -> Int? {
    if let time = tag.value(of: "time"), let milliseconds = milliseconds(time) {
      return breaks.length(milliseconds)
    }
    switch tag.value(of: "strength")?.lowercased() {
    case "none": return nil
    case "strong", "x-strong": return 500
    default: return 200
    }
  }

  private static func milliseconds(_ time: String) -> Double? {
    let time = time.trimmed.lowercased()
    let (digits, factor) =
      time.hasSuffix("ms")
      ? (time.dropLast(2), 1.0) : time.hasSuffix("s") ? (time.dropLast(1), 1000.0) : ("", 0)
    guard let first = digits.first, first.isNumber || first == ".", let value = Double(digits)
    else {
      return nil
    }
    return value * factor
  }

  /// - Returns: the speed that a `<prosody>` asks for, or what is wrong with it.
  package static func rate(of tag: MarkupTag) -> (speed: Double?, fault: String) {
    guard !tag.isSelfClosing else { return (nil, "it must enclose text") }
    guard tag.attributes.count == 1, let attribute = tag.attributes.first, attribute.name == "rate"
    else { return (nil, "it takes the attribute rate and no other") }
    guard attribute.isQuoted else { return (nil, "the rate must be in quotes") }
    switch attribute.value.lowercased() {
    case "slow": return (0.8, "")
    case "medium": return (1, "")
    case "fast": return (1.2, "")
    default:
      guard let rate = Double(attribute.value), (0.8...1.2).contains(rate) else {
        return (nil, "the rate is slow, medium, fast or 0.8 to 1.2")
      }
      return (rate, "")
    }
  }
}

extension SpeechMarkup {
  /// Walks over a chunk once, gathering runs.
  fileprivate struct Reader {
    let scalars: [Unicode.Scalar]
    let speller: Speller
    let breaks: BreakLengths
    var runs: [MarkedText.Run] = []

    private var text = SourcedText()
    private var speed: Double?
    private var prosodyStart: Int?

    init(scalars: [Unicode.Scalar], speller: Speller, breaks: BreakLengths) {
      self.scalars = scalars
      self.speller = speller
      self.breaks = breaks
    }

    package mutating func read() throws(MarkupError) {
      var index = 0
      while index < scalars.count {
        guard scalars[index] == "<" else {
          copy(index)
          index += 1
          continue
        }
        guard let (tag, next) = MarkupTag.read(in: scalars, at: index, before: scalars.count) else {
          if namesProsody(at: index) {
            throw .malformedProsody(offset: index, cause: "the tag cannot be read")
          }
          copy(index)
          index += 1
          continue
        }
        if isText(tag, at: index) {
          say(index..<next)
          index = next
        } else {
          index = try handle(tag, index..<next)
        }
      }
      if let prosodyStart {
        throw .malformedProsody(offset: prosodyStart, cause: "it is not closed")
      }
      endRun()
    }

    private mutating func handle(_ tag: MarkupTag, _ range: Range<Int>) throws(MarkupError) -> Int {
      switch tag.name {
      case "break" where !tag.isClosing:
        pause(SpeechMarkup.pause(of: tag, breaks))
      case "prosody":
        try prosody(tag, at: range.lowerBound)
      case "spell" where !tag.isClosing && !tag.isSelfClosing:
        return spell(tag, from: range.upperBound)
      default:
        break
      }
      return range.upperBound
    }

    private func isText(_ tag: MarkupTag, at start: Int) -> Bool {
      guard !MarkupTag.known.contains(tag.name) else { return false }
      let first = start + (tag.isClosing ? 2 : 1)
      let name = String(scalars: scalars[first..<(first + tag.name.unicodeScalars.count)])
      return HTMLElement.effect(of: name) == nil
    }

    /// What stands between angle brackets that enclose no tag.
    private mutating func say(_ range: Range<Int>) {
      let place = range.lowerBound..<range.lowerBound
      if text.scalars.last?.isWordPart ?? false { add(" ", for: place) }
      for index in (range.lowerBound + 1)..<(range.upperBound - 1) where scalars[index] != "/" {
        copy(index)
      }
      if range.upperBound < scalars.count, scalars[range.upperBound].isWordPart {
        add(" ", for: range.upperBound..<range.upperBound)
      }
    }

    private mutating func pause(_ milliseconds: Int?) {
      guard let milliseconds else { return }
      endRun()
      runs.append(.pause(milliseconds: milliseconds))
    }

    private mutating func prosody(_ tag: MarkupTag, at offset: Int) throws(MarkupError) {
      if tag.isClosing {
        guard prosodyStart != nil else {
          throw .malformedProsody(offset: offset, cause: "it closes what was not opened")
        }
        endRun()
        speed = nil
        prosodyStart = nil
        return
      }
      guard prosodyStart == nil else {
        throw .malformedProsody(offset: offset, cause: "it must not be nested")
      }
      let (rate, fault) = SpeechMarkup.rate(of: tag)
      guard let rate else { throw .malformedProsody(offset: offset, cause: fault) }
      endRun()
      speed = rate
      prosodyStart = offset
    }

    /// - Returns: the index after the element.
    private mutating func spell(_ open: MarkupTag, from start: Int) -> Int {
      let group = open.value(of: "group").flatMap { Int($0) } ?? 0
      var index = start
      var content: [Range<Int>] = []
      var next = scalars.count
      while index < scalars.count {
        if scalars[index] == "<",
          let (tag, end) = MarkupTag.read(in: scalars, at: index, before: scalars.count)
        {
          if tag.name == "spell", tag.isClosing {
            next = end
            break
          }
          if tag.name == "break", !tag.isClosing {
            add(content, group: group)
            content = []
            pause(SpeechMarkup.pause(of: tag, breaks))
          }
          index = end
          continue
        }
        var end = index + 1
        while end < scalars.count, scalars[end].isExtending { end += 1 }
        content.append(index..<end)
        index = end
      }
      add(content, group: group)
      if next < scalars.count, scalars[next].isSpeakable { add(" ", for: next..<next) }
      return next
    }

    private mutating func add(_ content: [Range<Int>], group: Int) {
      let pieces = speller.spell(content, of: scalars, group: group)
      if let first = pieces.first, text.scalars.last?.isSpeakable == true {
        add(" ", for: first.source.lowerBound..<first.source.lowerBound)
      }
      for piece in pieces { add(piece.text, for: piece.source) }
    }

    private mutating func add(_ made: String, for source: Range<Int>) {
      text.append(made, standingFor: source)
    }

    private mutating func copy(_ index: Int) { text.append(scalars[index], at: index) }

    private mutating func endRun() {
      defer { text = SourcedText() }
      // A rest of punctuation beside a tag is nothing to speak.
      guard text.scalars.contains(where: { !$0.isWhite && !$0.isPunctuation }) else { return }
      runs.append(.speech(text: text.trimmedToLines, speed: speed))
    }

    /// The text at `start` is meant as a `<prosody>` tag, well formed or not.
    private func namesProsody(at start: Int) -> Bool {
      var index = start + 1
      if index < scalars.count, scalars[index] == "/" { index += 1 }
      let name = String(scalars: scalars[index..<min(scalars.count, index + 7)]).lowercased()
      guard name == "prosody" else { return false }
      return index + 7 == scalars.count || !scalars[index + 7].isLetter
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isPunctuation: Bool {
    switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }
}
