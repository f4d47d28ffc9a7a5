@testable import KugelPiper

/// A voice's model of two kilobytes, made by hand: with the inputs, the durations and the first weight of the
/// vocoder that all voices have. Each id lasts as many frames as the length scale times 1.5, rounded up; a
/// frame has four samples.
struct TinyModel {
  var hasKnownWeight = true
  var speakers = 1
  /// Two steps between the text's frames and the vocoder, each with a look at two frames around.
  var hasFlow = false

  static let hop = 4

  var file: [UInt8] {
    let nodes: [[UInt8]] =
      [
        node("Cast", ["input"], ["numbers"], [integer("to", 1)]),
        node("Reshape", ["numbers", "row"], ["letters"]),
        node("Reshape", ["letters", "column"], ["x"]),
        // 1.5 times the length, for every id.
        node("Gather", ["scales", "one"], ["length"]),
        node("Mul", ["length", "half_more"], ["long"]),
        node("Mul", ["numbers", "zero"], ["nothing"]),
        node("Add", ["nothing", "long"], ["exact"]),
        node("Reshape", ["exact", "row"], ["exact3"]),
        hasFlow ? node("Conv", ["letters", GraphCut.durationWeight], ["expected"]) : [],
        hasFlow ? node("Mul", ["expected", "zero"], ["unmoved"]) : [],
        hasFlow ? node("Add", ["exact3", "unmoved"], ["exact_moved"]) : [],
        node("Ceil", [hasFlow ? "exact_moved" : "exact3"], ["durations"]),
        node("ReduceMax", ["durations"], ["most"], [integer("keepdims", 0)]),
        node("Cast", ["most"], ["most_int"], [integer("to", 7)]),
        node("Reshape", ["most_int", "single"], ["most_one"]),
        node("Concat", ["ones", "most_one"], ["spread"], [integer("axis", 0)]),
        node("Expand", ["x", "spread"], ["repeated"]),
        node("Reshape", ["repeated", "row"], ["frames_loud"]),
        node("Mul", ["frames_loud", "quiet"], [hasFlow ? "z_p" : "z"]),
      ] + (hasFlow ? flow : []) + vocoder
    let graph =
      nodes.filter { !$0.isEmpty }.flatMap { ProtobufWriter.message(1, $0) }
      + ProtobufWriter.message(2, Array("tiny".utf8))
      + weights.flatMap { ProtobufWriter.message(5, $0) }
      + [
        input("input", 7, 2), input("input_lengths", 7, 1), input("scales", 1, 1),
        speakers > 1 ? input("sid", 7, 1) : [],
      ].filter { !$0.isEmpty }.flatMap { ProtobufWriter.message(11, $0) }
      + ProtobufWriter.message(12, input("output", 1, 4))
    return ProtobufWriter.number(1, 7) + ProtobufWriter.message(7, graph)
      + ProtobufWriter.message(8, ProtobufWriter.number(2, 13))
  }

  /// A model of one layer between `x` and `y`.
  static func layer(_ kind: String, _ attributes: [(String, [UInt64])]) -> [UInt8] {
    let tiny = TinyModel()
    let made = tiny.node(kind, ["x", "w"], ["y"], attributes.map { tiny.integers($0.0, $0.1) })
    let graph =
      ProtobufWriter.message(1, made) + ProtobufWriter.message(11, tiny.input("x", 1, 3))
      + ProtobufWriter.message(12, tiny.input("y", 1, 3))
    return ProtobufWriter.number(1, 7) + ProtobufWriter.message(7, graph)
  }

  private var weightName: String { hasKnownWeight ? GraphCut.firstWeight : "other.weight" }

  private var flow: [[UInt8]] {
    [
      node("Mul", ["durations", "zero"], ["still"]), node("ReduceMax", ["still"], ["none"]),
      node("Mul", ["z_p", "none"], ["silent"]), node("Add", ["silent", "unit"], ["mask"]),
      node("Slice", ["z_p", "start", "stop", "axis"], ["turned"]),
      node("Conv", ["turned", "flow.flows.2.pre.weight"], ["pre"]),
      node("Mul", ["pre", "mask"], ["masked"]),
      node("Conv", ["masked", "wide.weight"], ["first"], [integers("pads", [2, 2])]),
      node("Tanh", ["first"], ["bent"]), node("Add", ["bent", "turned"], ["x1"]),
      node("Slice", ["x1", "start", "stop", "axis"], ["again"]),
      node("Conv", ["again", "flow.flows.0.pre.weight"], ["pre1"]),
      node("Mul", ["pre1", "mask"], ["masked1"]),
      node("Conv", ["masked1", "wide.weight"], ["second"], [integers("pads", [2, 2])]),
      node("Add", ["second", "again"], ["z"]),
    ]
  }

  private var vocoder: [[UInt8]] {
    let first = node(
      "Conv", ["z", weightName], ["smooth"], [integers("pads", [1, 1])])
    let voiced =
      speakers > 1
      ? [
        node("Cast", ["sid"], ["who"], [integer("to", 1)]),
        node("Mul", ["who", "quiet"], ["shade"]),
        node("Add", ["smooth", "shade"], ["shaded"]),
      ] : [node("Identity", ["smooth"], ["shaded"])]
    return [first] + voiced + [
      node("Reshape", ["shaded", "tall"], ["columns"]),
      node("Expand", ["columns", "hop"], ["wide"]),
      node("Reshape", ["wide", "sound"], ["loud"]),
      node("Tanh", ["loud"], ["output"]),
    ]
  }

  private var weights: [[UInt8]] {
    [
      floats(GraphCut.durationWeight, [1, 1, 1], [2]),
      floats("flow.flows.2.pre.weight", [1, 1, 1], [3]),
      floats("flow.flows.0.pre.weight", [1, 1, 1], [-2]),
      floats("wide.weight", [1, 1, 5], [0.3, -0.2, 0.5, 0.1, -0.4]), floats("unit", [], [1]),
      numbers("start", [1], [0]), numbers("stop", [1], [1]), numbers("axis", [1], [1]),
      floats(weightName, [1, 1, 3], [0.25, 0.5, 0.25]), floats("half_more", [], [1.5]),
      floats("zero", [], [0]), floats("quiet", [], [0.0078125]),
      numbers("one", [], [1]), numbers("column", [3], [1, -1, 1]), numbers("row", [3], [1, 1, -1]),
      numbers("single", [1], [1]), numbers("ones", [2], [1, 1]),
      numbers("tall", [3], [1, -1, 1]), numbers("hop", [3], [1, 1, Int64(Self.hop)]),
      numbers("sound", [4], [1, 1, 1, -1]),
    ]
  }

  private func node(
    _ kind: String, _ inputs: [String], _ outputs: [String], _ attributes: [[UInt8]] = []
  ) -> [UInt8] {
    inputs.flatMap { ProtobufWriter.message(1, Array($0.utf8)) }
      + outputs.flatMap { ProtobufWriter.message(2, Array($0.utf8)) }
      + ProtobufWriter.message(4, Array(kind.utf8))
      + attributes.flatMap { ProtobufWriter.message(5, $0) }
  }

  private func integer(_ name: String, _ value: UInt64) -> [UInt8] {
    ProtobufWriter.message(1, Array(name.utf8)) + ProtobufWriter.number(3, value)
      + ProtobufWriter.number(20, 2)
  }

  private func integers(_ name: String, _ values: [UInt64]) -> [UInt8] {
    ProtobufWriter.message(1, Array(name.utf8))
      + values.flatMap { ProtobufWriter.number(8, $0) } + ProtobufWriter.number(20, 7)
  }

  private func input(_ name: String, _ type: UInt64, _ dimensions: Int) -> [UInt8] {
    let shape = (0..<dimensions).flatMap { _ in ProtobufWriter.message(1, []) }
    let tensor = ProtobufWriter.number(1, type) + ProtobufWriter.message(2, shape)
    return ProtobufWriter.message(1, Array(name.utf8))
      + ProtobufWriter.message(2, ProtobufWriter.message(1, tensor))
  }

  private func floats(_ name: String, _ shape: [UInt64], _ values: [Float]) -> [UInt8] {
    tensor(name, shape, type: 1, values.flatMap { bytes($0.bitPattern) })
  }

  private func numbers(_ name: String, _ shape: [UInt64], _ values: [Int64]) -> [UInt8] {
    tensor(name, shape, type: 7, values.flatMap { bytes(UInt64(bitPattern: $0)) })
  }

  private func tensor(
    _ name: String, _ shape: [UInt64], type: UInt64, _ content: [UInt8]
  ) -> [UInt8] {
    shape.flatMap { ProtobufWriter.number(1, $0) } + ProtobufWriter.number(2, type)
      + ProtobufWriter.message(8, Array(name.utf8)) + ProtobufWriter.message(9, content)
  }

  private func bytes<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> Number(8 * $0)) }
  }
}
