/// The parts of an ONNX model, by where they stand in its file.
///
/// Source: onnx.proto: model.graph 7; graph: node 1, initializer 5, sparse initializer 15, input 11, output
/// 12; node: input 1, output 2, op_type 4, attribute 5; tensor name 8; value name 1; attribute graph 6, 11.
package struct OnnxGraph: Equatable {
  package struct Node: Equatable {
    package var inputs: [String]
    package var outputs: [String]
    package var kind: String
    /// In the file, with tag and size.
    package var range: Range<Int>
    /// Holds a graph of its own, which may use what it does not name.
    package var hasGraph: Bool
  }

  package struct Named: Equatable {
    package var name: String
    package var range: Range<Int>
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
      case 5: weights.append(try Self.named(file, field, by: 8))
      case 11: inputs.append(try Self.named(file, field, by: 1))
      case 12: outputs.append(try Self.named(file, field, by: 1))
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
        var attribute = ProtobufScanner(file, part.content)
        while let value = try attribute.next() {
          if value.number == 6 || value.number == 11 { node.hasGraph = true }
        }
      default: break
      }
    }
    return node
  }

  private static func named(
    _ file: [UInt8], _ field: ProtobufScanner.Field, by number: Int
  ) throws(ProtobufScanner.Malformed) -> Named {
    var scanner = ProtobufScanner(file, field.content)
    var named = Named(name: "", range: field.whole)
    while let part = try scanner.next() {
      if part.number == number, part.isMessage { named.name = text(file, part.content) }
    }
    return named
  }

  private static func text(_ file: [UInt8], _ range: Range<Int>) -> String {
    String(decoding: file[range], as: UTF8.self)
  }
}
