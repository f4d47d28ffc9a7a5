/// A voice's model cut before its flow and before its vocoder: what is before is run once for a sentence, the
/// others in windows, so that a long sentence begins as early as a short one. What is before is cut too, as two
/// parts are loaded at once in half the time.
package struct GraphCut: Equatable {
  /// One model to be run.
  package struct Part: Equatable {
    package var file: [UInt8]
    /// Names of what it takes.
    package var inputs: [String]
    package var outputs: [String]
    /// Frames on each side that a frame hangs on, where it is run in windows.
    package var reach = 0
  }

  /// Makes of phonemes what the front takes first; nil where it is in `front`.
  package private(set) var encoder: Part?
  /// Makes frames of phonemes: with a second output for the durations where the model has them.
  package private(set) var front: Part
  /// Makes the voice's frames of those, taking them and their mask first; nil where it is in `front`.
  package private(set) var flow: Part?
  /// Makes samples of frames, taking them first; nil where the model could not be cut, and `front` makes the
  /// samples.
  package private(set) var vocoder: Part?

  /// The weight that the first layer of the vocoder has in all voices.
  static let firstWeight = "dec.conv_pre.weight"
  /// The weight of the first layer that makes durations.
  static let durationWeight = "dp.pre.weight"

  /// - Throws: when the file is no ONNX model.
  package init(_ file: [UInt8]) throws(ProtobufScanner.Malformed) {
    let graph = try OnnxGraph(file)
    let ceilings = graph.nodes.filter { $0.kind == "Ceil" }
    let durations = ceilings.count == 1 ? ceilings[0].outputs.first : nil
    let output = graph.outputs[0].name
    let parts = PartWriter(file, graph)
    if let durations, parts.canCut,
      let first = graph.nodes.first(where: {
        $0.kind == "Conv" && $0.inputs.count > 1 && $0.inputs[1] == Self.firstWeight
      }), let cut = first.inputs.first, let vocoder = parts.windowed(from: [cut], to: output),
      let begun = Self.begun(in: parts, graph, to: cut, durations, before: output)
    {
      self.vocoder = vocoder
      (encoder, front, flow) = begun
      return
    }
    // Whole: as it is, with the durations for a second output.
    let more = graph.outputs.contains { $0.name == durations } ? nil : durations
    front = Part(
      file: parts.whole(telling: more), inputs: parts.inputs.map(\.name),
      outputs: [output] + [durations].compactMap(\.self))
  }

  /// What makes the vocoder's frames, cut as far as it can be.
  private static func begun(
    in parts: PartWriter, _ graph: OnnxGraph, to cut: String, _ durations: String,
    before output: String
  ) -> (encoder: Part?, front: Part, flow: Part?)? {
    guard let place = FlowPlace(in: graph),
      let flow = parts.windowed(from: [place.frames, place.mask], to: cut),
      let front = parts.beginning(to: [place.frames, durations], without: cut)
    else {
      return parts.beginning(to: [cut, durations], without: output).map { (nil, $0, nil) }
    }
    guard let (encoder, rest) = parts.halves(of: front, without: cut) else {
      return (nil, front, flow)
    }
    return (encoder, rest, flow)
  }
}

/// What a model is asked with, by the names that all voices use.
package enum PiperInput: String, CaseIterable, Sendable {
  /// int64[1, n]
  case ids = "input"
  /// int64[1]
  case count = "input_lengths"
  /// float[3]: noise, length, noise of the lengths.
  case scales
  /// int64[1], of voices with several speakers.
  case speaker = "sid"
}
