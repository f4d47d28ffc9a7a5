import KugelWire

/// One line of a manifest: an item that is finished.
package struct ManifestEntry: Equatable, Sendable {
  package enum State: String, Equatable, Sendable {
    case done
    /// Made, but a sentence of it may not sound as it should.
    case doubtful
    /// The file is not ours any more, or not there: what was said of it before does not count, but for
    /// what stands beside it.
    case gone
  }

  package struct Doubt: Equatable, Sendable {
    /// Of the item, from 1.
    package var sentence: Int
    /// Seconds of the file.
    package var from: Double
    package var to: Double
    package var kinds: [DoubtKind]

    package init(sentence: Int, from: Double, to: Double, kinds: [DoubtKind]) {
      self.sentence = sentence
      self.from = from
      self.to = to
      self.kinds = kinds
    }
  }

  /// Below the directory.
  package var file: String
  package var state: State
  /// Of text and of all that shapes the sound.
  package var hash = ""
  /// What the input is called.
  package var source = ""
  /// Its place in the source, Unicode scalars.
  package var text = 0..<0
  package var samples = 0
  /// Hz, of `samples` and of all places in the sound.
  package var rate = 0
  /// Of the file.
  package var bytes = 0
  /// Unicode scalars that were sent.
  package var characters = 0
  package var doubts: [Doubt] = []
  /// That stand beside the sound.
  package var subtitles: [SubtitleKind] = []
  /// What those look like, as `CueMaker.Rules.description` says it.
  package var look = ""
  package var timeline = SoundTimeline()
  /// A speech recogniser has listened to it.
  package var isVerified = false

  package init(file: String, state: State) {
    self.file = file
    self.state = state
  }

  /// What `source` is of a file that items were joined into.
  package static let joined = "+join"
  package var isJoined: Bool { source == Self.joined }

  /// Seconds.
  package var duration: Double { rate == 0 ? 0 : Double(samples) / Double(rate) }

  /// One line, with its end.
  package var line: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("file", file)
      writer.field("state", state.rawValue)
      guard state != .gone else {
        if isJoined { writer.field("source", source) }
        if !subtitles.isEmpty { writer.field("subs", subtitles.map(\.rawValue)) }
        return
      }
      writer.field("duration", duration.rounded(toPlaces: 6))
      writer.field("hash", hash)
      writer.field("source", source)
      writer.field("text", [text.lowerBound, text.upperBound])
      writer.field("samples", samples)
      writer.field("rate", rate)
      writer.field("bytes", bytes)
      writer.field("characters", characters)
      writer.field("verified", isVerified ? true : nil)
      if !subtitles.isEmpty {
        writer.field("subs", subtitles.map(\.rawValue))
        writer.field("look", look)
      }
      if !doubts.isEmpty {
        writer.array("doubts", doubts) { writer, doubt in
          writer.object { writer in
            writer.field("sentence", doubt.sentence)
            writer.field("from", doubt.from.rounded(toPlaces: 3))
            writer.field("to", doubt.to.rounded(toPlaces: 3))
            writer.field("doubt", doubt.kinds.map(\.rawValue))
          }
        }
      }
      Self.write(timeline.sentences, "sentences", to: &writer)
      Self.write(timeline.words, "words", to: &writer)
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// - Throws: when it is no line of a manifest.
  package init(line: [UInt8]) throws {
    self = try unsafe line.withUnsafeBufferPointer { bytes in
      try unsafe withWireObject(bytes) { try ManifestEntry($0) }
    }
  }

  private init(_ members: WireFields) throws {
    guard let file = try members.string("file"),
      let state = try members.string("state").flatMap(State.init(rawValue:))
    else { throw FieldError(field: "file", expected: "the name of a file") }
    self.init(file: file, state: state)
    hash = try members.string("hash") ?? ""
    source = try members.string("source") ?? ""
    // Manifests come from elsewhere too, and what they name may be removed.
    guard isJoined || FileName.obstacle(file) == nil else {
      throw FieldError(field: "file", expected: "a name below the directory")
    }
    if let text = try members.integers("text"), text.count == 2, text[0] <= text[1] {
      self.text = text[0]..<text[1]
    }
    samples = try members.integer("samples") ?? 0
    rate = try members.integer("rate") ?? 0
    bytes = try members.integer("bytes") ?? 0
    characters = try members.integer("characters") ?? 0
    subtitles = (try members.strings("subs") ?? []).compactMap(SubtitleKind.init(rawValue:))
    isVerified = try members.boolean("verified") ?? false
    look = try members.string("look") ?? ""
    doubts = try (members.objects("doubts") ?? []).map { doubt in
      Doubt(
        sentence: try doubt.integer("sentence") ?? 0, from: try doubt.number("from") ?? 0,
        to: try doubt.number("to") ?? 0,
        kinds: (try doubt.strings("doubt") ?? []).compactMap(DoubtKind.init(rawValue:)))
    }
    timeline.sentences = Self.spans(try members.integers("sentences") ?? [])
    timeline.words = Self.spans(try members.integers("words") ?? [])
  }

  /// Four numbers each: where the text begins and ends, and where the sound.
  private static func write(
    _ spans: PackedSpans, _ name: StaticString, to writer: inout JSONWriter
  ) {
    writer.numbers(name) { write in
      for span in spans {
        write(span.text.lowerBound)
        write(span.text.upperBound)
        write(span.samples.lowerBound)
        write(span.samples.upperBound)
      }
    }
  }

  private static func spans(_ numbers: [Int]) -> PackedSpans {
    var spans = PackedSpans()
    for start in stride(from: 0, to: numbers.count - 3, by: 4) {
      let (text, textEnd) = (numbers[start], numbers[start + 1])
      let (samples, samplesEnd) = (numbers[start + 2], numbers[start + 3])
      guard 0...textEnd ~= text, 0...samplesEnd ~= samples else { continue }
      spans.append(SoundTimeline.Span(text: text..<textEnd, samples: samples..<samplesEnd))
    }
    return spans
  }
}

extension Double {
  package func rounded(toPlaces places: Int) -> Double {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    return (self * scale).rounded() / scale
  }
}
