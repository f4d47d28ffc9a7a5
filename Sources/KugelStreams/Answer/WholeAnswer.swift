/// What an input says that is there completely.
package enum WholeAnswer: Equatable, Sendable {
  case text(String)
  case nothing
  /// Nothing is said, and something is wrong with it.
  case troubled

  /// Decodes what a model or an agent wrote; text stands for itself.
  package init(in input: String, _ format: StreamFormat) {
    var reader = ModelStreamReader(format)
    var parts = [""]
    var isTroubled = false
    for event in reader.read(Array(input.utf8)) + reader.finish() {
      switch event {
      case .text(let more): parts[parts.count - 1] += more
      case .plain(let bytes): parts[parts.count - 1] += String(decoding: bytes, as: UTF8.self)
      case .paragraph: parts.append("")
      case .warning, .failed, .cut: isTroubled = true
      case .reasoning, .tool, .usage, .end: break
      }
    }
    let said = parts.filter { $0.contains { !$0.isWhitespace } }
    self =
      said.isEmpty ? isTroubled ? .troubled : .nothing : .text(said.joined(separator: "\n\n"))
  }
}
