/// What is to be known of a voice's model to run it, kept beside the prepared halves of it.
///
/// On disk: `key = value`, a line for each, the first one with the number of this format.
struct PreparedPlan: Equatable, Sendable {
  /// Goes up when anything of what is kept changes.
  static let format = 2

  var frontInputs: [String]
  var frontOutputs: [String]
  /// Frames first; empty where the model could not be cut.
  var vocoderInputs: [String] = []
  var vocoderOutputs: [String] = []
  var framesPerID = PiperSpeed.usualFrames
  /// The voice's file.
  var model = ""
  /// What tells the prepared files from what anybody made of them since; the second is empty where the model
  /// could not be cut.
  var frontStamp = ""
  var vocoderStamp = ""

  var isCut: Bool { !vocoderInputs.isEmpty }

  init(_ cut: GraphCut) {
    frontInputs = cut.front.inputs
    frontOutputs = cut.front.outputs
    vocoderInputs = cut.vocoder?.inputs ?? []
    vocoderOutputs = cut.vocoder?.outputs ?? []
  }

  var text: String {
    """
    format = \(Self.format)
    front inputs = \(frontInputs.joined(separator: "\t"))
    front outputs = \(frontOutputs.joined(separator: "\t"))
    vocoder inputs = \(vocoderInputs.joined(separator: "\t"))
    vocoder outputs = \(vocoderOutputs.joined(separator: "\t"))
    frames = \(framesPerID)
    front file = \(frontStamp)
    vocoder file = \(vocoderStamp)
    model = \(model)

    """
  }

  /// - Returns: nil for what was written by another version, or is damaged.
  init?(text: String) {
    var fields: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].last == " ", parts[1].first == " " else { return nil }
      fields[String(parts[0].dropLast())] = String(parts[1].dropFirst())
    }
    func names(_ key: String) -> [String]? {
      fields[key].map { $0.split(separator: "\t").map(String.init) }
    }
    guard fields["format"] == "\(Self.format)", text.last == "\n",
      let frontInputs = names("front inputs"), !frontInputs.isEmpty,
      let frontOutputs = names("front outputs"), 1...2 ~= frontOutputs.count,
      let vocoderInputs = names("vocoder inputs"), let vocoderOutputs = names("vocoder outputs"),
      vocoderInputs.isEmpty == vocoderOutputs.isEmpty,
      let frames = fields["frames"].flatMap({ Double($0) }), frames > 0, frames < 1_000,
      let frontStamp = fields["front file"], !frontStamp.isEmpty,
      let vocoderStamp = fields["vocoder file"], vocoderStamp.isEmpty == vocoderInputs.isEmpty,
      let model = fields["model"]
    else { return nil }
    self.frontInputs = frontInputs
    self.frontOutputs = frontOutputs
    self.vocoderInputs = vocoderInputs
    self.vocoderOutputs = vocoderOutputs
    framesPerID = frames
    self.frontStamp = frontStamp
    self.vocoderStamp = vocoderStamp
    self.model = model
  }
}
