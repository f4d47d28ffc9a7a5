import Testing

@testable import KugelWire

/// A WAVE file of 16-bit samples.
private func wave(
  _ samples: [Int16], rate: UInt32 = 16_000, channels: UInt16 = 1, length: UInt32? = nil,
  extra: [UInt8] = []
) -> [UInt8] {
  let little = { (value: UInt32, width: Int) in
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
  var file = Array("RIFF".utf8) + little(0xFFFF_FFFF, 4) + Array("WAVE".utf8) + extra
  file += Array("fmt ".utf8) + little(16, 4) + little(1, 2) + little(UInt32(channels), 2)
  file += little(rate, 4) + little(rate * 2 * UInt32(channels), 4)
  file += little(2 * UInt32(channels), 2) + little(16, 2)
  file += Array("data".utf8) + little(length ?? UInt32(2 * samples.count), 4)
  return file + bytes(samples)
}

private func bytes(_ samples: [Int16]) -> [UInt8] {
  samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
}

@Suite struct SoundBodyTests {
  /// All samples with their rates, whatever pieces the body came in; `nil` is a file for a library.
  private func read(
    _ body: [UInt8], by piece: Int, type: String? = "audio/pcm", headerRate: Int? = nil,
    rate: Int = 24_000
  ) throws -> (samples: [Int16], rates: Set<Int>, file: [UInt8]) {
    var reader = SoundBody(SoundHead(contentType: type, rate: headerRate), rate: rate)
    var parts: [SoundPart] = []
    for start in stride(from: 0, to: body.count, by: piece) {
      parts += try reader.read(Array(body[start..<min(start + piece, body.count)]))
    }
    parts += try reader.finish()
    var result: (samples: [Int16], rates: Set<Int>, file: [UInt8]) = ([], [], [])
    for part in parts {
      switch part {
      case .samples(let samples, let rate):
        result.samples += samples
        result.rates.insert(rate)
      case .file(let bytes): result.file += bytes
      case .words: Issue.record("bytes have no words")
      }
    }
    return result
  }

  private static let sound: [Int16] = (0..<500).map { Int16($0 * 61 % 4001 - 2000) }

  @Test(arguments: [1, 2, 3, 7, 11, 12, 13, 100, 5000])
  func `samples are whole, whatever pieces they come in`(piece: Int) throws {
    let plain = try read(bytes(Self.sound), by: piece)
    #expect(plain.samples == Self.sound && plain.rates == [24_000])
    for length in [nil, 0, 0xFFFF_FFFF, 0x7FFF_F000] as [UInt32?] {
      let file = try read(wave(Self.sound, length: length), by: piece, type: "audio/mpeg")
      #expect(file.samples == Self.sound && file.rates == [16_000], "\(length ?? 1)")
    }
  }

  @Test(
    arguments: [
      ("audio/pcm", nil, 24_000), ("audio/pcm;rate=16000", nil, 16_000),
      ("audio/PCM; charset=x; rate=\"8000\"", nil, 8000), ("audio/pcm", 22_050, 22_050),
      ("audio/pcm;rate=16000", 22_050, 16_000), (nil, nil, 24_000),
      ("audio/pcm;rate=0", nil, 24_000),
    ] as [(String?, Int?, Int)])
  func `the rate is the nearest that was told`(type: String?, header: Int?, rate: Int) throws {
    let result = try read(bytes(Self.sound), by: 100, type: type, headerRate: header)
    #expect(result.rates == [rate])
  }

  @Test func `what stands before and behind the samples is none of the sound`() throws {
    let extra = Array("LIST".utf8) + [3, 0, 0, 0, 1, 2, 3, 0]
    let file = wave(Self.sound, extra: extra) + Array("LIST".utf8) + [2, 0, 0, 0, 9, 9]
    #expect(try read(file, by: 10).samples == Self.sound)
  }

  @Test func `two channels become one`() throws {
    let both = Self.sound.flatMap { [$0, $0] }
    #expect(try read(wave(both, channels: 2), by: 9).samples == Self.sound)
  }

  @Test(arguments: ["fLaC", "OggS", "ID3\u{3}"])
  func `files that a library reads are handed on as they are`(begin: String) throws {
    let body = Array(begin.utf8) + [UInt8](repeating: 7, count: 20)
    #expect(try read(body, by: 5).file == body)
  }

  @Test func `what may be an MPEG frame is one unless it is called samples`() throws {
    let body: [UInt8] = [0xFF, 0xFB] + [UInt8](repeating: 7, count: 20)
    #expect(try read(body, by: 5, type: "audio/mpeg").file == body)
    #expect(try read(body, by: 5, type: nil).file == body)
    #expect(try read(body, by: 5, type: "audio/pcm").samples.first == -1025)
  }

  @Test(arguments: [0, 1, 2, 11])
  func `few bytes are samples, and half a one is none`(count: Int) throws {
    let result = try read([UInt8](repeating: 1, count: count), by: 1)
    #expect(result.samples == [Int16](repeating: 0x0101, count: count / 2))
  }

  @Test(arguments: ["text/html; charset=utf-8", "application/json"])
  func `text is no sound`(type: String) {
    #expect(throws: SpeechReplyError.self) {
      try read(Array("<html>no such page</html>".utf8), by: 100, type: type)
    }
  }

  @Test(
    arguments: [
      "<!DOCTYPE html><p>", "<html>no such page</html>", #"{"error": {"message": "no"}}"#,
      #"{"detail":"Not Found"}"#,
    ], [nil, "application/octet-stream", "audio/pcm"] as [String?])
  func `text is no sound whatever it is called`(body: String, type: String?) {
    for piece in [1, 5, 100] {
      #expect(throws: SpeechReplyError.malformed("text where sound was to come")) {
        try read(Array(body.utf8), by: piece, type: type)
      }
    }
  }

  @Test(
    arguments: [
      ([0xFF, 0xF1, 0x50, 0x80], "audio/aac", "AAC"),
      ([0xFF, 0xF9, 0x50, 0x80], "audio/mpeg", "AAC"),
      ([0, 0, 0, 0x20] + Array("ftypM4A ".utf8), "audio/mp4", "an MP4 file"),
      ([0x1A, 0x45, 0xDF, 0xA3], "audio/webm", "a WebM file"),
    ] as [([UInt8], String, String)])
  func `what nobody here reads is called by its name`(begin: [UInt8], type: String, name: String) {
    #expect(
      throws: SpeechReplyError.malformed(
        "\(name), which is not read here; ask for another format")
    ) {
      try read(begin + [UInt8](repeating: 7, count: 40), by: 3, type: type)
    }
  }

  @Test func `a WAVE file that is none is told so`() {
    let body = Array("RIFF....WAVEdata....".utf8)
    #expect(throws: SpeechReplyError.malformed("a WAVE file that is none")) {
      try read(body, by: 100)
    }
  }
}

@Suite struct OpenAIEventTests {
  private func read(_ body: String, by piece: Int) throws(SpeechReplyError) -> [Int16] {
    var reader = OpenAIEventReader(rate: 24_000)
    var parts: [SoundPart] = []
    let body = Array(body.utf8)
    for start in stride(from: 0, to: body.count, by: piece) {
      parts += try reader.read(Array(body[start..<min(start + piece, body.count)]))
    }
    parts += try reader.finish()
    return parts.flatMap { part -> [Int16] in
      if case .samples(let samples, _) = part { samples } else { [] }
    }
  }

  private static let sound: [Int16] = (0..<300).map { Int16($0 * 7) }

  /// With an odd number of bytes in each event but the last.
  private static func events(end line: String) -> String {
    let all = bytes(sound)
    let cuts = [0, 5, 20, 333, all.count]
    let deltas = zip(cuts, cuts.dropFirst()).map { from, to in
      #"data: {"type":"speech.audio.delta","audio":"\#(Base64.encode(Array(all[from..<to])))"}"#
    }
    let lines =
      [": a comment", "event: x"] + deltas.flatMap { [$0, ""] }
      + [#"data:{"type":"speech.audio.done","usage":{"input_tokens":1}}"#, ""]
    return lines.map { $0 + line }.joined()
  }

  @Test(arguments: [1, 2, 3, 10, 64, 100_000], ["\n", "\r\n", "\r"])
  func `sound in events is whole, whatever pieces they come in`(piece: Int, line: String) throws {
    #expect(try read(Self.events(end: line), by: piece) == Self.sound)
  }

  @Test func `an error among events is the service's`() {
    let body = #"data: {"type":"speech.audio.error","error":{"message":"out of voice","code":"x"}}"#
    do throws(SpeechReplyError) {
      _ = try read(body + "\n\n", by: 7)
      Issue.record("taken")
    } catch {
      guard case .refused(let told) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(told.message == "out of voice")
    }
  }

  @Test(arguments: [
    "data: {\"type\":\"speech.audio.delta\",\"audio\":\"AAAA\"}\n\n", "data: no json\n\n",
    "data: {\"type\":\"speech.audio.delta\",\"audio\":\"%\"}\n\ndata: [DONE]\n\n",
  ])
  func `events without their end, and such as cannot be read, break the protocol`(body: String) {
    do throws(SpeechReplyError) {
      _ = try read(body, by: 9)
      Issue.record("taken")
    } catch {
      guard case .malformed = error else {
        Issue.record("\(error)")
        return
      }
    }
  }
}
