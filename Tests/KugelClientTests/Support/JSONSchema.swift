import FoundationEssentials
import TestSupport

/// Checks values against the keywords of JSON Schema that our schemas use; a keyword it does not
/// know is an error, so that nothing goes unchecked.
struct JSONSchema {
  private let root: JSONTree

  init(path: String) throws {
    root = try JSONTree(Data(contentsOf: URL(filePath: path)))
  }

  /// A schema of `Tests/Schemas`.
  private init(named name: String, file: String = #filePath) throws {
    let tests = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    try self.init(path: tests.path + "/Schemas/\(name).schema.json")
  }

  static func events() throws -> JSONSchema { try JSONSchema(named: "events") }
  static func bench() throws -> JSONSchema { try JSONSchema(named: "bench") }

  /// The names of all events.
  var events: Set<String> { Set(root["$defs"]?.object?.keys.map { $0 } ?? []) }

  /// The members that a definition knows.
  func members(of name: String) -> Set<String> {
    Set(root["$defs"]?[name]?["properties"]?.object?.keys.map { $0 } ?? [])
  }

  /// What is wrong with a value that the schema as a whole describes.
  func faults(ofWhole value: JSONTree) -> [String] { faults(of: value, by: root, at: "it") }

  /// What is wrong with a value; empty when nothing is.
  func faults(of value: JSONTree) -> [String] {
    // The schema of the event that it says it is: its faults are the ones to be told.
    guard let name = value["ev"]?.string, let schema = root["$defs"]?[name] else {
      return ["no known event: \(value)"]
    }
    return faults(of: value, by: schema, at: name)
  }

  private func faults(of value: JSONTree, by schema: JSONTree, at place: String) -> [String] {
    var faults: [String] = []
    for (keyword, rule) in schema.object ?? [:] {
      switch keyword {
      case "type":
        let types = rule.array ?? [rule]
        if !types.contains(where: { isOf($0.string ?? "", value) }) {
          faults.append("\(place) is not of type \(types)")
        }
      case "const": if value != rule { faults.append("\(place) is not \(rule)") }
      case "enum":
        if rule.array?.contains(value) != true { faults.append("\(place) is none of \(rule)") }
      case "minimum":
        if let number = value.double, number < rule.double ?? 0 {
          faults.append("\(place) is below \(rule)")
        }
      case "required":
        for name in rule.array ?? [] where value[name.string ?? ""] == nil {
          faults.append("\(place) lacks \(name)")
        }
      case "properties":
        for (name, member) in value.object ?? [:] {
          guard let schema = rule[name] else { continue }
          faults += self.faults(of: member, by: schema, at: "\(place).\(name)")
        }
      case "additionalProperties":
        for name in value.object?.keys.map({ $0 }) ?? [] where schema["properties"]?[name] == nil {
          faults.append("\(place) has \(name), which is nowhere described")
        }
      case "items":
        for (index, element) in (value.array ?? []).enumerated() {
          faults += self.faults(of: element, by: rule, at: "\(place)[\(index)]")
        }
      case "$ref":
        let name = (rule.string ?? "").split(separator: "/").last.map(String.init) ?? ""
        guard let schema = root["$defs"]?[name] else { return ["\(rule) is not there"] }
        faults += self.faults(of: value, by: schema, at: place)
      case "$schema", "title", "description", "$defs": break
      default: faults.append("the schema uses \(keyword), which is not checked")
      }
    }
    return faults
  }

  private func isOf(_ type: String, _ value: JSONTree) -> Bool {
    switch (type, value) {
    case ("null", .null), ("boolean", .flag), ("number", .number), ("string", .text),
      ("array", .array), ("object", .object):
      true
    case ("integer", .number(let number, _)): number == number.rounded()
    default: false
    }
  }
}
