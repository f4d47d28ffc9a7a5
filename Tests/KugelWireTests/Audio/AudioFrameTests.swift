import TestSupport
import Testing

@testable import KugelWire

struct AudioFrameTests {
  private let samples: [Int16] = (0..<4800).map { Int16(truncatingIfNeeded: $0 &* 7919) }

  private func decode(
    _ text: String, _ decoder: inout AudioDecoder, defaultRate: Int = 24_000
  ) -> ServiceDecoding {
    KugelCodec.decodeServiceFrame(Array(text.utf8), audio: &decoder, defaultRate: defaultRate)
  }

  private func audio(_ decoding: ServiceDecoding) -> AudioFrame? {
    guard case .frame(let frame) = decoding, case .audio(let audio) = frame.message else {
      return nil
    }
    return audio
  }

  @Test func `what a service writes is scanned, and comes out as it went in`() {
    let frame = ServiceFrame(
      .audio(AudioFrame(samples: samples, rate: 24_000, index: 3, chunk: 1)), context: "n")
    let message = KugelCodec.encode(frame, at: .multi)
    let isScanned = unsafe message.withUnsafeBufferPointer {
      unsafe AudioFrameScanner.scan($0) != nil
    }
    #expect(isScanned)
    var decoder = AudioDecoder()
    #expect(KugelCodec.decodeServiceFrame(message, audio: &decoder) == .frame(frame))
    #expect(decoder.carry == nil)
  }

  @Test func `the message is the one of the protocol notes`() {
    let frame = ServiceFrame(.audio(AudioFrame(samples: [1, -1], rate: 8000, index: 0, chunk: 2)))
    #expect(
      String(decoding: KugelCodec.encode(frame, at: .stream), as: UTF8.self)
        == #"{"audio":"AQD//w==","enc":"pcm_s16le","idx":0,"sr":8000,"samples":2,"chunk_id":2}"#)
  }

  @Test func `keys in any order, blanks and absent fields are fine`() {
    var decoder = AudioDecoder()
    #expect(
      audio(decode(#"{ "sr" : 16000 , "audio" : "AQACAA==" , "idx":4 , "chunk_id":2 }"#, &decoder))
        == AudioFrame(samples: [1, 2], rate: 16_000, index: 4, chunk: 2))
    #expect(
      audio(decode(#"{"audio":"AQACAA==","enc":null,"idx":1.0}"#, &decoder, defaultRate: 8000))
        == AudioFrame(samples: [1, 2], rate: 8000, index: 1, chunk: 0))
    #expect(audio(decode(#"{"audio":"","sr":8000}"#, &decoder))?.samples == [])
    #expect(
      audio(decode(#"{"type":"audio","audio":"AQAC\u0041A==","sr":8000,"x":[{}]}"#, &decoder))?
        .samples == [1, 2])
  }

  @Test(arguments: [
    (#"{"audio":"A*==","sr":24000}"#, "audio"), (#"{"audio":"AAA","sr":24000}"#, "audio"),
    (#"{"audio":"AAAA","enc":"opus"}"#, "enc"), (#"{"audio":"AAAA","sr":0}"#, "sr"),
    (#"{"audio":"AAAA","sr":-1}"#, "sr"), (#"{"audio":"AAAA","sr":"fast"}"#, "sr"),
    (#"{"audio":7}"#, "audio"), (#"{"audio":"AAAA","idx":"x"}"#, "idx"),
  ])
  func `a bad frame is named and leaves the turn's half sample alone`(text: String, field: String) {
    var decoder = AudioDecoder()
    _ = decode(#"{"audio":"Ag=="}"#, &decoder)
    guard case .malformed(let what) = decode(text, &decoder) else {
      Issue.record("\(text) was taken")
      return
    }
    #expect(what.contains(field))
    #expect(decoder.carry == 2)
  }

  @Test func `half samples move on to the next frame of the turn`() {
    let bytes = samples.flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
    var random = SeededGenerator(seed: 3)
    var decoder = AudioDecoder()
    var heard: [Int16] = []
    var position = 0
    while position < bytes.count {
      let end = min(bytes.count, position + random.below(200))
      let text = Base64.encode(Array(bytes[position..<end]))
      // Both ways of reading share the half sample.
      let extra = random.below(2) == 0 ? "" : #","x":1"#
      heard += audio(decode(#"{"audio":"\#(text)"\#(extra)}"#, &decoder))?.samples ?? []
      position = end
    }
    #expect(heard == samples)
    #expect(decoder.carry == nil)
  }

  @Test func `a turn's end forgets its half sample`() {
    var decoder = AudioDecoder()
    _ = decode(#"{"audio":"AQ=="}"#, &decoder)
    #expect(decoder.carry == 1)
    let (hadOne, hasAnother) = (decoder.reset(), decoder.reset())
    #expect(hadOne && !hasAnother)
    #expect(audio(decode(#"{"audio":"AwA="}"#, &decoder))?.samples == [3])
  }

  @Test(arguments: [AudioEncoding.mulaw, .alaw])
  func `telephone codecs are decoded to samples`(encoding: AudioEncoding) {
    let frame = ServiceFrame(
      .audio(AudioFrame(samples: [0, 1000, -1000, 32_000], rate: 8000, index: 0, chunk: 0)))
    var decoder = AudioDecoder()
    let message = KugelCodec.encode(frame, at: .stream, encoding: encoding)
    #expect(String(decoding: message, as: UTF8.self).contains(#""samples":4"#))
    let heard = audio(KugelCodec.decodeServiceFrame(message, audio: &decoder))?.samples ?? []
    #expect(heard.count == 4)
    for (sample, original) in zip(heard, [0, 1000, -1000, 32_000]) {
      #expect(abs(Int(sample) - original) <= max(8, abs(original) / 16))
    }
  }

  @Test func `a frame of many megabytes is a frame`() {
    let frame = ServiceFrame(
      .audio(
        AudioFrame(samples: Array(repeating: 5, count: 2_000_000), rate: 24_000, index: 0, chunk: 0)
      ))
    var decoder = AudioDecoder()
    #expect(
      KugelCodec.decodeServiceFrame(KugelCodec.encode(frame, at: .stream), audio: &decoder)
        == .frame(frame))
  }

  @Test func `the scan and the JSON decoder agree on every damaged message that the scan takes`() {
    let seeds = [
      #"{"audio":"AQD//wIAAwAEAAUABgAHAAgACQAKAAsADAANAA4A","enc":"pcm_s16le","idx":0,"sr":24000,"samples":4,"chunk_id":0}"#,
      #"{"context_id":"c","chunk_id":12,"samples":2,"sr":8000,"idx":7,"enc":"mulaw","audio":"//8="}"#,
      #"{ "audio" : "AQ==", "enc":"alaw" , "sr": 16000 }"#, #"{"audio":""}"#,
      #"{"audio":"AQD/","idx":1,"idx":2}"#, #"{"audio":"AQD/","final":true}"#,
    ]
    var random = SeededGenerator(seed: 4)
    var taken = 0
    for _ in 0..<60_000 {
      var message = Array(seeds[random.below(seeds.count)].utf8)
      if random.below(8) > 0 { message = random.mutated(message) }
      var general = AudioDecoder()
      if random.below(2) == 0 { _ = general.decode("Bw==", encoding: .pcm16) }
      var quick = general
      let isScanned = unsafe message.withUnsafeBufferPointer {
        unsafe AudioFrameScanner.scan($0) != nil
      }
      guard isScanned else { continue }
      taken += 1
      let expected = unsafe message.withUnsafeBufferPointer {
        unsafe KugelCodec.decodeAnyServiceFrame($0, audio: &general, defaultRate: 24_000)
      }
      let result = KugelCodec.decodeServiceFrame(message, audio: &quick)
      #expect(result == expected, "\(String(decoding: message, as: UTF8.self))")
      #expect(quick.carry == general.carry)
    }
    #expect(taken > 5000)
  }

  @Test(.timeLimit(.minutes(1))) func `damage is read as something or refused in words`() {
    let seeds = [
      #"{"final":true,"chunks":2,"debug":{"ttfa_ms":3},"usage":{"audio_seconds":0.35}}"#,
      #"{"word_timestamps":[{"word":"é","start_ms":0,"end_ms":1,"char_start":0,"char_end":1}]}"#,
      #"{"text":"\ud83d\ude00","update_settings":{"speed":1.1},"voice_settings":{"voice_id":"x"}}"#,
    ]
    var random = SeededGenerator(seed: 5)
    var decoder = AudioDecoder()
    var seen = (frames: 0, unknown: 0, malformed: 0, asked: 0, refused: 0)
    for _ in 0..<3000 {
      let message = random.mutated(Array(seeds[random.below(seeds.count)].utf8))
      switch KugelCodec.decodeServiceFrame(message, audio: &decoder) {
      case .frame, .frames, .greeting: seen.frames += 1
      case .unknown: seen.unknown += 1
      case .malformed(let why):
        seen.malformed += 1
        #expect(!why.isEmpty)
      }
      do throws(ServiceError) {
        let frame = try KugelCodec.decodeClientFrame(message, at: .multi)
        #expect(KugelCodec.encode(frame, at: .multi).map { $0.first == UInt8(ascii: "{") } != false)
        seen.asked += 1
      } catch {
        #expect(error.code == 400)
        #expect(!error.message.isEmpty)
        seen.refused += 1
      }
    }
    // Every way out was taken, or the damage was too small or too great to show anything.
    let least = min(seen.frames, seen.unknown, seen.malformed, seen.asked, seen.refused)
    #expect(least > 100, "\(seen)")
  }

  @Test func `the half samples of contexts are each their own`() {
    var decoder = AudioDecoder()
    func decode(_ bytes: [UInt8], _ context: String) -> [Int16]? {
      decoder.decode(Base64.encode(bytes), encoding: .pcm16, context: context)
    }
    #expect(decode([1, 0, 2], "a") == [1])
    #expect(decode([3, 0, 4], "b") == [3])
    #expect(decode([0, 5], "a") == [2])
    #expect(decode([0], "b") == [4])
    #expect(decode([0], "a") == [5])
    #expect(decode([9], "a") == [])
    let dropped = (decoder.reset(context: "a"), decoder.reset(context: "b"))
    #expect(dropped == (true, false))
    #expect(decode([7, 0], "a") == [7])
  }
}
