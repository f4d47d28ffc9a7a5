import KugelText

/// A voice that is there: two files, and what its name tells.
package struct PiperVoice: Equatable, Sendable {
  /// The name of its files without their ends, such as `en_US-lessac-medium`; a path for one that was named
  /// by it.
  package let handle: String
  /// Path of the model.
  package let model: String
  /// Without speakers' part.
  package let id: Int

  package var description: String { model + ".json" }

  /// `kugel` commands that may help when it does not do.
  var remedy: String {
    handle == model
      ? "take another file, or fetch a voice: kugel voices -e \(PiperEngine.name) --available"
      : "fetch it anew: kugel voices -e \(PiperEngine.name) --get \(handle)"
  }

  /// `en`, `US`, `lessac` and `medium` of `en_US-lessac-medium`; nil for a name of another form.
  package var parts: (language: String, region: String, name: String, quality: String)? {
    Self.parts(of: handle)
  }

  package static func parts(
    of handle: String
  ) -> (language: String, region: String, name: String, quality: String)? {
    let parts = handle.split(separator: "-").map(String.init)
    let place = (parts.first ?? "").split(separator: "_").map(String.init)
    guard parts.count >= 3, place.count == 2, 2...3 ~= place[0].utf8.count,
      place.joined().allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
    else { return nil }
    return (
      place[0].lowercased(), place[1].uppercased(),
      parts[1..<parts.count - 1].joined(separator: "-"),
      parts[parts.count - 1]
    )
  }

  /// A number that is the same on every machine: FNV-1a (32 bit) of the handle, in 10,000...999,999.
  static func number(for handle: String) -> Int {
    let hash = handle.lowercased().utf8.reduce(UInt32(2_166_136_261)) {
      ($0 ^ UInt32($1)) &* 16_777_619
    }
    return 10_000 + Int(hash % 990_000)
  }

  /// A speaker of a voice has the number of the voice plus this, times the speaker's, from 1 on.
  static let step = 1_000_000
}

/// Which of several voices for a language is the better one.
struct VoiceRank: Comparable {
  private let language: String
  /// English without a region is American, as everywhere here.
  private let region: Int
  private let quality: Int
  private let handle: String

  init(_ voice: PiperVoice) {
    let parts = voice.parts
    // Those of other names come last.
    language = parts?.language ?? "~"
    region = parts.map { $0.language == "en" && $0.region != "US" ? 1 : 0 } ?? 0
    quality = Self.qualities.firstIndex(of: parts?.quality ?? "") ?? Self.qualities.count
    handle = voice.handle
  }

  private static let qualities = ["high", "medium", "low", "x_low"]

  static func < (left: VoiceRank, right: VoiceRank) -> Bool {
    (left.language, left.region, left.quality, left.handle)
      < (right.language, right.region, right.quality, right.handle)
  }
}
