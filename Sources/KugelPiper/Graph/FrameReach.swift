/// How far a part of a model looks: the frames on each side of one that what is made of it hangs on.
///
/// A part run on a stretch with that many frames around it gives for the stretch what a run on everything
/// gives.
struct FrameReach {
  /// What looks at no other frame than its own, or at none.
  private static let local: Set = [
    "Add", "BatchNormalization", "Cast", "Clip", "Concat", "Constant", "ConstantOfShape", "Div",
    "Elu", "Equal", "Erf", "Exp", "Expand", "Gather", "Identity", "LeakyRelu", "Log", "Mul", "Neg",
    "Pow", "Relu", "Reshape", "Shape", "Sigmoid", "Sin", "Slice", "Softplus", "Split", "Sqrt",
    "Squeeze", "Sub", "Tanh", "Transpose", "Unsqueeze", "Where",
  ]
  /// No voice looks further, and windows would no longer pay.
  private static let most = 64

  private struct Place {
    var reach = 0.0
    /// Values that a frame has here.
    var rate = 1.0
  }

  let frames: Int

  /// - Parameters:
  ///   - part: the nodes; the graph has them in the order in which they are run.
  ///   - end: what they make.
  /// - Returns: nil where it cannot be told, or is too far.
  init?(of part: Ancestors, to end: String, in graph: OnnxGraph) {
    var places: [String: Place] = [:]
    // A kernel need not be told where its weight tells.
    let shapes = Dictionary(
      graph.weights.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
    for (index, node) in graph.nodes.enumerated() where part.nodes.contains(index) {
      var place = Place()
      for case let input? in node.inputs.map({ places[$0] }) {
        place.reach = max(place.reach, input.reach)
        place.rate = max(place.rate, input.rate)
      }
      switch node.kind {
      case "Conv":
        guard let kernel = node.kernel(shapes), let dilation = node.one("dilations"),
          node.one("strides") == 1
        else { return nil }
        place.reach += Double((kernel - 1) * dilation) / 2 / place.rate
      case "ConvTranspose":
        guard let kernel = node.kernel(shapes), let stride = node.one("strides"),
          node.one("dilations") == 1
        else { return nil }
        place.reach += Double(kernel) / Double(stride) / 2 / place.rate
        place.rate *= Double(stride)
      case let kind where Self.local.contains(kind): break
      default: return nil
      }
      for output in node.outputs { places[output] = place }
    }
    guard let place = places[end], 0...Double(Self.most) ~= place.reach else { return nil }
    // One more, because a share of a frame may fall on either side.
    frames = Int(place.reach.rounded(.up)) + 1
  }
}

extension OnnxGraph.Node {
  /// A number that is given for the one dimension that sound has; 1 where it is not given.
  fileprivate func one(_ name: String) -> Int? {
    Self.one(numbers[name] ?? [1])
  }

  /// - Parameter shapes: of weights: to, from, and the kernel.
  fileprivate func kernel(_ shapes: [String: [Int]]) -> Int? {
    if let given = numbers["kernel_shape"] { return Self.one(given) }
    guard inputs.count > 1, let shape = shapes[inputs[1]] else { return nil }
    return Self.one(Array(shape.dropFirst(2)))
  }

  private static func one(_ numbers: [Int]) -> Int? {
    numbers.count == 1 && 1...1_024 ~= numbers[0] ? numbers[0] : nil
  }
}
