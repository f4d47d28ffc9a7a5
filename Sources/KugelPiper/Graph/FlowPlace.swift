/// Where a model's flow stands, which makes the frames of the voice of the frames of the text: half of the
/// work before the vocoder, and like it done with a look at few frames around.
struct FlowPlace: Equatable {
  /// What it is given.
  let frames: String
  /// Beside them: one for each frame that counts, which are all in a run of one text.
  let mask: String

  /// - Returns: nil where no flow as all voices have is found.
  init?(in graph: OnnxGraph) {
    var makers: [String: OnnxGraph.Node] = [:]
    for node in graph.nodes { for output in node.outputs { makers[output] = node } }
    // The steps are numbered as they were learned, and run from the last.
    let firsts = graph.nodes.compactMap { node -> (step: Int, node: OnnxGraph.Node)? in
      guard node.kind == "Conv", node.inputs.count > 1 else { return nil }
      let parts = node.inputs[1].split(separator: ".")
      guard parts.count == 5, parts[0] == "flow", parts[1] == "flows", parts[3] == "pre",
        parts[4] == "weight", let step = Int(parts[2])
      else { return nil }
      return (step, node)
    }
    guard let first = firsts.max(by: { $0.step < $1.step })?.node, let made = first.outputs.first,
      let masked = graph.nodes.first(where: { $0.kind == "Mul" && $0.inputs.contains(made) }),
      let mask = masked.inputs.first(where: { $0 != made })
    else { return nil }
    // Each step takes half of the channels, in turned order.
    var frames = first.inputs[0]
    while let maker = makers[frames], maker.kind == "Slice" || maker.kind == "Split",
      let input = maker.inputs.first
    {
      frames = input
    }
    self.frames = frames
    self.mask = mask
  }
}
