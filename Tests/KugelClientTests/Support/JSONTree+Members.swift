import FoundationEssentials
import TestSupport

extension JSONTree {
  /// By a reader that is not ours.
  init(_ text: some Sequence<UInt8>) throws {
    self = try JSONDecoder().decode(JSONTree.self, from: Data(text))
  }

  subscript(_ name: String) -> JSONTree? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  var string: String? { if case .text(let text) = self { text } else { nil } }
  var double: Double? { if case .number(let number, _) = self { number } else { nil } }
  var array: [JSONTree]? { if case .array(let array) = self { array } else { nil } }
  var object: [String: JSONTree]? { if case .object(let members) = self { members } else { nil } }
}
