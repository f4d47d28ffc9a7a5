import KugelJSON

/// What stands beside a voice's model: what it was taught with, and how it is asked.
///
/// Source: the `.onnx.json` of Piper's voices.
package struct PiperDescription: Equatable, Sendable {
  /// Samples a second of what it speaks.
  package var rate: Int
  /// As espeak-ng calls who says how its texts are spoken.
  package var espeakVoice: String
  /// For each code point of the phonemes its ids.
  package var ids: [Unicode.Scalar: [Int64]]
  package var speakers: Int
  /// Names of speakers, where they have some.
  package var speakerNames: [String: Int]
  package var defaultSpeaker: Int
  package var noiseScale: Float
  /// Of the pace; 1 is as it was taught.
  package var lengthScale: Float
  package var noiseWidth: Float
  /// Language tag, such as `en-us`; empty where it is not said.
  package var language: String
  package var quality: String?

  /// Bytes that one may have, and ids that a model may know.
  package static let (longest, mostIDs, mostSpeakers) = (1 << 20, 10_000, 100_000)
  static let rates = 8_000...48_000

  /// - Throws: what is wrong with it: half a sentence about the file.
  package init(json: [UInt8]) throws(PiperFileError) {
    let file: File
    do { file = try JSONReader().read(File.self, from: json) } catch {
      throw PiperFileError(Self.cause(of: error))
    }
    guard file.phonemeType ?? "espeak" == "espeak" else {
      throw PiperFileError(
        "wants phonemes of the type \(file.phonemeType ?? ""), and only those of espeak-ng are made here"
      )
    }
    guard Self.rates.contains(file.audio.sampleRate) else {
      throw PiperFileError("says a sample rate of \(file.audio.sampleRate) Hz")
    }
    rate = file.audio.sampleRate
    espeakVoice = file.espeak.voice
    let speakers = max(1, file.numSpeakers ?? 1)
    guard speakers <= Self.mostSpeakers else { throw PiperFileError("says \(speakers) speakers") }
    self.speakers = speakers
    speakerNames = (file.speakerIDMap ?? [:]).filter { 0..<speakers ~= $0.value }
    defaultSpeaker = min(max(0, file.defaultSpeakerID ?? 0), speakers - 1)
    var ids: [Unicode.Scalar: [Int64]] = [:]
    for (key, values) in file.phonemeIDMap {
      guard let scalar = key.unicodeScalars.first, key.unicodeScalars.count == 1 else { continue }
      guard values.allSatisfy({ 0..<Int64(Self.mostIDs) ~= $0 }), values.count <= 16 else {
        throw PiperFileError("has an id that no model knows")
      }
      ids[scalar] = values
    }
    guard ids["^"] != nil, ids["_"] != nil, ids["$"] != nil else {
      throw PiperFileError("has no ids for ^, _ and $")
    }
    self.ids = ids
    noiseScale = Self.within(file.inference?.noiseScale, 0...10, 0.667)
    lengthScale = Self.within(file.inference?.lengthScale, 0.1...10, 1)
    noiseWidth = Self.within(file.inference?.noiseWidth, 0...10, 0.8)
    language = (file.language?.code ?? file.espeak.voice).lowercased().map {
      $0 == "_" ? "-" : "\($0)"
    }
    .joined()
    quality = file.audio.quality
  }

  private static func within(
    _ value: Float?, _ range: ClosedRange<Float>, _ usual: Float
  ) -> Float {
    value.map { range.contains($0) ? $0 : usual } ?? usual
  }

  private static func cause(of error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      "has no \((context.codingPath + [key]).map(\.stringValue).joined(separator: "."))"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "has something else than expected at \(context.codingPath.map(\.stringValue).joined(separator: "."))"
    default: "is not valid JSON"
    }
  }

  private struct File: Decodable {
    struct Audio: Decodable {
      var sampleRate: Int
      var quality: String?
      enum CodingKeys: String, CodingKey {
        case sampleRate = "sample_rate"
        case quality
      }
    }
    struct Espeak: Decodable { var voice: String }
    struct Language: Decodable { var code: String? }
    struct Inference: Decodable {
      var noiseScale, lengthScale, noiseWidth: Float?
      enum CodingKeys: String, CodingKey {
        case noiseScale = "noise_scale"
        case lengthScale = "length_scale"
        case noiseWidth = "noise_w"
      }
    }

    var audio: Audio
    var espeak: Espeak
    var language: Language?
    var inference: Inference?
    var phonemeType: String?
    var phonemeIDMap: [String: [Int64]]
    var numSpeakers: Int?
    var speakerIDMap: [String: Int]?
    var defaultSpeakerID: Int?

    enum CodingKeys: String, CodingKey {
      case audio, espeak, language, inference
      case phonemeType = "phoneme_type"
      case phonemeIDMap = "phoneme_id_map"
      case numSpeakers = "num_speakers"
      case speakerIDMap = "speaker_id_map"
      case defaultSpeakerID = "default_speaker_id"
    }
  }
}

/// What is wrong with a file of a voice: half a sentence that says something of the file.
package struct PiperFileError: Error, Equatable {
  package let cause: String

  package init(_ cause: String) { self.cause = cause }
}
