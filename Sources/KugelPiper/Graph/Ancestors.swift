/// All nodes and values that some values are made of.
struct Ancestors {
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
