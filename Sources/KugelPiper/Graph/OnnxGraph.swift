/// The parts of an ONNX model, by where they stand in its file.
///
/// Source: onnx.proto: model.graph 7; graph: node 1, initializer 5, sparse initializer 15, input 11, output
/// 12; node: input 1, output 2, op_type 4, attribute 5; tensor dims 1, name 8; value name 1; attribute name 1,
/// graph 6, ints 8, graphs 11.
package struct OnnxGraph: Equatable {
  package struct Node: Equatable {
    package var inputs: [String]
    package var outputs: [String]
    package var kind: String
    /// In the file, with tag and size.
    package var range: Range<Int>
    /// Holds a graph of its own, which may use what it does not name.
    package var hasGraph: Bool
    /// Attributes that are lists of whole numbers, such as `kernel_shape`.
    package var numbers: [String: [Int]] = [:]
  }

  package struct Named: Equatable {
    package var name: String
    package var range: Range<Int>
    /// Of a weight: its dimensions.
    package var shape: [Int] = []
  }

  package private(set) var nodes: [Node] = []
  package private(set) var weights: [Named] = []
  package private(set) var inputs: [Named] = []
  package private(set) var outputs: [Named] = []
  package private(set) var hasSparseWeights = false
  /// What stands in the model beside its graph.
  package private(set) var frame: [Range<Int>] = []
  private(set) var graph: Range<Int> = 0..<0

  /// Nodes and weights that one may have; the largest voices have some 6,000.
  static let most = 200_000

  package init(_ file: [UInt8]) throws(ProtobufScanner.Malformed) {
    var scanner = ProtobufScanner(file, file.indices)
    var hasGraph = false
    while let field = try scanner.next() {
      guard field.number == 7, field.isMessage else {
        frame.append(field.whole)
        continue
      }
      guard !hasGraph else { throw ProtobufScanner.Malformed() }
      (hasGraph, graph) = (true, field.content)
      try read(file, field.content)
    }
    guard hasGraph, !nodes.isEmpty, !outputs.isEmpty else { throw ProtobufScanner.Malformed() }
  }

  private mutating func read(
    _ file: [UInt8], _ range: Range<Int>
  ) throws(ProtobufScanner.Malformed) {
    var scanner = ProtobufScanner(file, range)
    while let field = try scanner.next() {
      switch field.number {
      case 1: nodes.append(try Self.node(file, field))
      case 5: weights.append(try Self.weight(file, field))
      case 11: inputs.append(try Self.named(file, field))
      case 12: outputs.append(try Self.named(file, field))
      case 15: hasSparseWeights = true
      default: break
      }
      guard nodes.count + weights.count + inputs.count + outputs.count <= Self.most else {
        throw ProtobufScanner.Malformed()
      }
    }
  }

  private static func node(
    _ file: [UInt8], _ field: ProtobufScanner.Field
  ) throws(ProtobufScanner.Malformed) -> Node {
    var node = Node(inputs: [], outputs: [], kind: "", range: field.whole, hasGraph: false)
    var scanner = ProtobufScanner(file, field.content)
    while let part = try scanner.next() {
      switch part.number {
      case 1: node.inputs.append(text(file, part.content))
      case 2: node.outputs.append(text(file, part.content))
      case 4: node.kind = text(file, part.content)
      case 5:
        let (name, numbers, hasGraph) = try attribute(file, part.content)
        if hasGraph { node.hasGraph = true }
        if !numbers.isEmpty { node.numbers[name] = numbers }
      default: break
      }
    }
    return node
  }

  private static func attribute(
    _ file: [UInt8], _ range: Range<Int>
  ) throws(ProtobufScanner.Malformed) -> (name: String, numbers: [Int], hasGraph: Bool) {
    var (name, numbers, hasGraph): (String, [Int], Bool) = ("", [], false)
    var scanner = ProtobufScanner(file, range)
    while let value = try scanner.next() {
      switch value.number {
      case 1 where value.isMessage: name = text(file, value.content)
      case 6, 11: hasGraph = true
      case 8 where value.isMessage: numbers += try packed(file, value.content)
      case 8: numbers.append(Int(truncatingIfNeeded: value.value))
      default: break
      }
    }
    return (name, numbers, hasGraph)
  }

  /// Numbers that stand together without a tag each.
  private static func packed(
    _ file: [UInt8], _ range: Range<Int>
  ) throws(ProtobufScanner.Malformed) -> [Int] {
    var scanner = ProtobufScanner(file, range)
    var numbers: [Int] = []
    while let number = try scanner.number() { numbers.append(Int(truncatingIfNeeded: number)) }
    return numbers
  }

  private static func weight(
    _ file: [UInt8], _ field: ProtobufScanner.Field
  ) throws(ProtobufScanner.Malformed) -> Named {
    var named = Named(name: "", range: field.whole)
    var scanner = ProtobufScanner(file, field.content)
    while let part = try scanner.next() {
      switch part.number {
      case 1 where part.isMessage: named.shape += try packed(file, part.content)
      case 1: named.shape.append(Int(truncatingIfNeeded: part.value))
      case 8 where part.isMessage: named.name = text(file, part.content)
      default: break
      }
    }
    return named
  }

  private static func named(
    _ file: [UInt8], _ field: ProtobufScanner.Field
  ) throws(ProtobufScanner.Malformed) -> Named {
    var scanner = ProtobufScanner(file, field.content)
    var named = Named(name: "", range: field.whole)
    while let part = try scanner.next() {
      if part.number == 1, part.isMessage { named.name = text(file, part.content) }
    }
    return named
  }

  private static func text(_ file: [UInt8], _ range: Range<Int>) -> String {
    String(decoding: file[range], as: UTF8.self)
  }
}
