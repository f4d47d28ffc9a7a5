/// What is to be known of a voice's model to run it, kept beside the prepared parts of it.
///
/// On disk: `key = value`, a line for each, the first one with the number of this format.
struct PreparedPlan: Equatable, Sendable {
  /// Goes up when anything of what is kept changes.
  static let format = 3

  /// One model to be run, as `GraphCut.Part` without its file.
  struct Part: Equatable, Sendable {
    var inputs: [String]
    var outputs: [String]
    var reach = 0
    /// What tells the prepared file from what anybody made of it since.
    var stamp = ""

    init(_ part: GraphCut.Part) {
      (inputs, outputs, reach) = (part.inputs, part.outputs, part.reach)
    }
  }

  /// nil where it is in the front.
  var encoder: Part?
  /// What the encoder made first, where there is one.
  var front: Part
  /// Frames and their mask first; nil where it is in the front.
  var flow: Part?
  /// Frames first; nil where the model could not be cut.
  var vocoder: Part?
  var framesPerID = PiperSpeed.usualFrames
  /// The voice's file.
  var model = ""

  init(_ cut: GraphCut) {
    encoder = cut.encoder.map(Part.init)
    front = Part(cut.front)
    flow = cut.flow.map(Part.init)
    vocoder = cut.vocoder.map(Part.init)
  }

  var text: String {
    "format = \(Self.format)\nframes = \(framesPerID)\nmodel = \(model)\n"
      + (encoder?.text("encoder") ?? "")
      + front.text("front") + (flow?.text("flow") ?? "") + (vocoder?.text("vocoder") ?? "")
  }

  /// - Returns: nil for what was written by another version, or is damaged.
  init?(text: String) {
    var fields: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].last == " ", parts[1].first == " " else { return nil }
      fields[String(parts[0].dropLast())] = String(parts[1].dropFirst())
    }
    guard fields["format"] == "\(Self.format)", text.last == "\n",
      let frames = fields["frames"].flatMap({ Double($0) }), frames > 0, frames < 1_000,
      let model = fields["model"], let front = Part("front", fields), 1...2 ~= front.outputs.count
    else { return nil }
    framesPerID = frames
    self.model = model
    self.front = front
    encoder = Part("encoder", fields)
    flow = Part("flow", fields)
    vocoder = Part("vocoder", fields)
    for (name, part) in [("encoder", encoder), ("flow", flow), ("vocoder", vocoder)]
    where (part != nil) != fields.keys.contains(where: { $0.hasPrefix(name + " ") }) {
      return nil
    }
    guard flow.map({ $0.inputs.count > 1 && vocoder != nil }) ?? true
    else { return nil }
  }
}

extension PreparedPlan.Part {
  fileprivate func text(_ name: String) -> String {
    """
    \(name) inputs = \(inputs.joined(separator: "\t"))
    \(name) outputs = \(outputs.joined(separator: "\t"))
    \(name) reach = \(reach)
    \(name) file = \(stamp)

    """
  }

  fileprivate init?(_ name: String, _ fields: [String: String]) {
    func names(_ key: String) -> [String] {
      fields["\(name) \(key)"].map { $0.split(separator: "\t").map(String.init) } ?? []
    }
    func number(_ key: String) -> Int? { fields["\(name) \(key)"].flatMap { Int($0) } }
    (inputs, outputs) = (names("inputs"), names("outputs"))
    guard let reach = number("reach"), 0...1_000 ~= reach, let stamp = fields["\(name) file"],
      !stamp.isEmpty,
      !inputs.isEmpty, !outputs.isEmpty
    else { return nil }
    (self.reach, self.stamp) = (reach, stamp)
  }
}
