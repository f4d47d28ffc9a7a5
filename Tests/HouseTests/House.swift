import Foundation

/// The repository as the tests read it: the package's text, the picture of the house, the sources.
struct House {
  /// The modules of the package that hold Swift, each with the modules it may use, ours and C's.
  let modules: [String: Set<String>]

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  init() throws {
    modules = Self.modules(ofPackage: try Self.text("Package.swift"))
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Reads `module("Name", ["A", "B"] …)` of the package's text.
  static func modules(ofPackage text: String) -> [String: Set<String>] {
    var modules: [String: Set<String>] = [:]
    let entry = #/\bmodule\(\s*"(\w+)"(?:,\s*\[([^\]]*)\])?/#
    for match in text.matches(of: entry) {
      let names = (match.2 ?? "").matches(of: #/"(\w+)"/#).map { String($0.1) }
      modules[String(match.1)] = Set(names)
    }
    return modules
  }

  /// Reads the lines `Name → A, B` of the picture.
  static func arrows(ofPicture text: String) -> [String: Set<String>] {
    var arrows: [String: Set<String>] = [:]
    for match in text.matches(of: #/(?m)^(Kugel\w+) +→ *(.*)$/#) {
      let names = match.2.split(separator: ",").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      arrows[String(match.1)] = Set(names.filter { $0 != "nothing" })
    }
    return arrows
  }

  /// The Swift files below a folder, with their texts.
  static func swiftFiles(below folder: String) throws -> [(path: String, text: String)] {
    let start = root.appending(path: folder)
    guard let walk = FileManager.default.enumerator(atPath: start.path) else { return [] }
    return try walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted().map {
      (folder + "/" + $0, try text(folder + "/" + $0))
    }
  }
}
