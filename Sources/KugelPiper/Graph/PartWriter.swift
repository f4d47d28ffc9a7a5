/// Writes parts of a model as models of their own, by copying what stands in its file.
struct PartWriter {
  private let file: [UInt8]
  private let graph: OnnxGraph
  /// Inputs that are no weights with a name of their own.
  let inputs: [OnnxGraph.Named]

  private static let floatType: UInt64 = 1

  init(_ file: [UInt8], _ graph: OnnxGraph) {
    self.file = file
    self.graph = graph
    let weights = Set(graph.weights.map(\.name))
    inputs = graph.inputs.filter { !weights.contains($0.name) }
  }

  /// Whether what stands in it can be told apart.
  var canCut: Bool { !graph.hasSparseWeights && !graph.nodes.contains(where: \.hasGraph) }

  /// What makes some values of the text.
  ///
  /// - Parameter end: made by what follows.
  /// - Returns: nil where that is needed for them.
  func beginning(to wanted: [String], without end: String) -> GraphCut.Part? {
    guard let part = Ancestors(of: wanted, in: graph, without: []), !part.values.contains(end)
    else { return nil }
    let asked = inputs.filter { part.values.contains($0.name) }
    return GraphCut.Part(
      file: assembled(part, inputs: asked.map(\.range), made: [], outputs: wanted),
      inputs: asked.map(\.name), outputs: wanted)
  }

  /// A beginning cut in two, of about as many nodes, where the durations begin.
  func halves(
    of whole: GraphCut.Part, without end: String
  ) -> (encoder: GraphCut.Part, front: GraphCut.Part)? {
    guard
      let first = graph.nodes.first(where: {
        $0.kind == "Conv" && $0.inputs.count > 1 && $0.inputs[1] == GraphCut.durationWeight
      }), let text = first.inputs.first, let encoder = beginning(to: [text], without: end),
      let rest = Ancestors(of: whole.outputs, in: graph, without: [text]),
      rest.values.contains(text)
    else { return nil }
    let asked = inputs.filter { rest.values.contains($0.name) }
    return (
      encoder,
      GraphCut.Part(
        file: assembled(
          rest, inputs: asked.map(\.range), made: [Self.frames(text)], outputs: whole.outputs),
        inputs: [text] + asked.map(\.name), outputs: whole.outputs)
    )
  }

  /// What makes one value of others, and can be run on a stretch of them.
  ///
  /// - Parameter starts: tensors of three dimensions, the last one frames.
  /// - Returns: nil where it looks at the whole text.
  func windowed(from starts: [String], to end: String) -> GraphCut.Part? {
    guard let part = Ancestors(of: [end], in: graph, without: Set(starts)),
      let reach = FrameReach(of: part, to: end, in: graph)
    else { return nil }
    let asked = inputs.filter { part.values.contains($0.name) }
    guard asked.allSatisfy({ $0.name == PiperInput.speaker.rawValue }),
      starts.allSatisfy(part.values.contains)
    else { return nil }
    return GraphCut.Part(
      file: assembled(
        part, inputs: asked.map(\.range), made: starts.map(Self.frames), outputs: [end]),
      inputs: starts + asked.map(\.name), outputs: [end], reach: reach.frames)
  }

  /// All of it, with one more output.
  func whole(telling more: String?) -> [UInt8] {
    guard let more else { return file }
    // A message that comes twice is put together.
    return file + ProtobufWriter.message(7, ProtobufWriter.message(12, Self.value(more)))
  }

  private func assembled(
    _ part: Ancestors, inputs: [Range<Int>], made: [[UInt8]], outputs: [String]
  ) -> [UInt8] {
    var kept = graph.nodes.indices.filter(part.nodes.contains).map { graph.nodes[$0].range }
    kept += graph.weights.filter { part.values.contains($0.name) }.map(\.range) + inputs
    let added =
      ProtobufWriter.message(2, Array("part".utf8))
      + made.flatMap { ProtobufWriter.message(11, $0) }
      + outputs.flatMap { ProtobufWriter.message(12, Self.value($0)) }
    let size = kept.reduce(added.count) { $0 + $1.count }
    var result: [UInt8] = []
    result.reserveCapacity(size + 4_096)
    for range in graph.frame { result += file[range] }
    result += ProtobufWriter.header(7, size: size)
    for range in kept { result += file[range] }
    return result + added
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
}
