import FoundationEssentials
import KugelJSON
import TestSupport

extension FuzzTarget {
  /// Any JSON text, read by ours and by Foundation's: what ours takes for JSON is JSON, and says the same.
  static let json = FuzzTarget("json") { input in
    for json in input.messages {
      // Foundation refuses half a letter, which ours tells as U+FFFD.
      let text = String(validating: json, as: UTF8.self)
      guard let text, !text.lowercased().contains("\\ud") else {
        _ = try? JSONReader().read(JSONTree.self, from: json)
        continue
      }
      guard let ours = try? JSONReader().read(JSONTree.self, from: json) else { continue }
      let theirs = try? JSONDecoder().decode(JSONTree.self, from: Data(json))
      guard let theirs else { throw Finding(description: "Foundation reads no JSON: \(text)") }
      try hold(ours == theirs, "both read the same: \(text)")
    }
  }
}
