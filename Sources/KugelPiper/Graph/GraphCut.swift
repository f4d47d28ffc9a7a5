/// A voice's model cut before its vocoder: the first half is run once for a sentence, the second in windows,
/// so that a long sentence begins as early as a short one.
package struct GraphCut: Equatable {
  /// One model to be run.
  package struct Half: Equatable {
    package var file: [UInt8]
    /// Names of what it takes.
    package var inputs: [String]
    package var outputs: [String]
  }

  /// Makes frames of phonemes: with a second output for the durations where the model has them.
  package var front: Half
  /// Makes samples of frames; nil where the model could not be cut, and `front` makes the samples.
  package var vocoder: Half?

  /// The weight that the first layer of the vocoder has in all voices.
  static let firstWeight = "dec.conv_pre.weight"
  static let floatType: UInt64 = 1

  /// - Throws: when the file is no ONNX model.
  package init(_ file: [UInt8]) throws(ProtobufScanner.Malformed) {
    let graph = try OnnxGraph(file)
    let ceilings = graph.nodes.filter { $0.kind == "Ceil" }
    let durations = ceilings.count == 1 ? ceilings[0].outputs.first : nil
    let output = graph.outputs[0].name
    if let halves = Self.halves(file, graph, output: output, durations: durations) {
      (front, vocoder) = halves
      return
    }
    // Whole: as it is, with the durations for a second output.
    let more = graph.outputs.contains { $0.name == durations } ? nil : durations
    var whole = file
    if let more {
      // A message that comes twice is put together.
      whole += ProtobufWriter.message(7, ProtobufWriter.message(12, Self.value(more)))
    }
    front = Half(
      file: whole, inputs: Self.asked(graph).map(\.name),
      outputs: [output] + [durations].compactMap(\.self))
    vocoder = nil
  }

  private static func halves(
    _ file: [UInt8], _ graph: OnnxGraph, output: String, durations: String?
  ) -> (Half, Half)? {
    guard !graph.hasSparseWeights, !graph.nodes.contains(where: \.hasGraph),
      let durations,
      let first = graph.nodes.first(where: {
        $0.kind == "Conv" && $0.inputs.count > 1 && $0.inputs[1] == firstWeight
      }), let cut = first.inputs.first,
      let front = Ancestors(of: [cut, durations], in: graph, without: []),
      let back = Ancestors(of: [output], in: graph, without: [cut])
    else { return nil }
    let inputs = asked(graph)
    let frontInputs = inputs.filter { front.values.contains($0.name) }
    let backInputs = inputs.filter { back.values.contains($0.name) }
    // A vocoder that looks at the whole text cannot be run in windows.
    guard backInputs.allSatisfy({ $0.name == PiperInput.speaker.rawValue }),
      back.values.contains(cut), !front.values.contains(output)
    else { return nil }
    return (
      Half(
        file: assembled(
          file, graph, front, inputs: frontInputs.map(\.range), made: [],
          outputs: [value(cut), value(durations)]),
        inputs: frontInputs.map(\.name), outputs: [cut, durations]),
      Half(
        file: assembled(
          file, graph, back, inputs: backInputs.map(\.range), made: [frames(cut)],
          outputs: [value(output)]),
        inputs: [cut] + backInputs.map(\.name), outputs: [output])
    )
  }

  /// Inputs that are no weights with a name of their own.
  private static func asked(_ graph: OnnxGraph) -> [OnnxGraph.Named] {
    let weights = Set(graph.weights.map(\.name))
    return graph.inputs.filter { !weights.contains($0.name) }
  }

  private static func value(_ name: String) -> [UInt8] {
    ProtobufWriter.message(1, Array(name.utf8))
  }

  /// A tensor of three dimensions of any size.
  private static func frames(_ name: String) -> [UInt8] {
    let dimensions = (0..<3).flatMap { _ in ProtobufWriter.message(1, []) }
    let tensor = ProtobufWriter.number(1, floatType) + ProtobufWriter.message(2, dimensions)
    return value(name) + ProtobufWriter.message(2, ProtobufWriter.message(1, tensor))
  }

  private static func assembled(
    _ file: [UInt8], _ graph: OnnxGraph, _ half: Ancestors, inputs: [Range<Int>],
    made: [[UInt8]], outputs: [[UInt8]]
  ) -> [UInt8] {
    var kept = graph.nodes.indices.filter(half.nodes.contains).map { graph.nodes[$0].range }
    kept += graph.weights.filter { half.values.contains($0.name) }.map(\.range) + inputs
    let added =
      ProtobufWriter.message(2, Array("part".utf8))
      + made.flatMap { ProtobufWriter.message(11, $0) }
      + outputs.flatMap { ProtobufWriter.message(12, $0) }
    let size = kept.reduce(added.count) { $0 + $1.count }
    var result: [UInt8] = []
    result.reserveCapacity(size + 4_096)
    for range in graph.frame { result += file[range] }
    result += ProtobufWriter.header(7, size: size)
    for range in kept { result += file[range] }
    return result + added
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

/// All nodes and values that some values are made of.
private struct Ancestors {
  private(set) var nodes: Set<Int> = []
  private(set) var values: Set<String> = []

  /// - Parameter ends: values that are not looked behind.
  /// - Returns: nil when one of the values is not made in the graph.
  init?(of wanted: [String], in graph: OnnxGraph, without ends: Set<String>) {
    var makers: [String: Int] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for output in node.outputs { makers[output] = index }
    }
    guard wanted.allSatisfy({ makers[$0] != nil }) else { return nil }
    var waiting = wanted
    while let value = waiting.popLast() {
      guard values.insert(value).inserted, !ends.contains(value), let maker = makers[value],
        nodes.insert(maker).inserted
      else { continue }
      waiting += graph.nodes[maker].inputs.filter { !$0.isEmpty }
    }
  }
}
