/// Names of files below a directory.
package enum FileName {
  /// Bytes of a name, so that what stands beside the file while it grows has a name too.
  private static let longest = 200

  /// Why a name is none for a file below the directory; nil when it is one.
  package static func obstacle(_ name: String) -> String? {
    if name.isEmpty { return "the name is empty" }
    if name.hasPrefix("/") { return "the name would leave the directory" }
    if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      return "the name holds control characters"
    }
    for part in name.split(separator: "/", omittingEmptySubsequences: false) {
      if part == ".." { return "the name would leave the directory" }
      if part.isEmpty || part == "." { return "the name has an empty part" }
      if part.hasPrefix(".") { return "the name is a hidden one" }
      if part.utf8.count > longest { return "the name is longer than \(longest) bytes" }
    }
    if name == Manifest.fileName { return "that is the name of the manifest" }
    return nil
  }

  /// The last part of a path, without its extension.
  package static func stem(of path: String) -> String {
    let name = last(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  package static func last(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The folders that a name leads through, outermost first.
  package static func folders(of name: String) -> [String] {
    name.indices.filter { name[$0] == "/" }.map { String(name[..<$0]) }
  }

  /// The folder that a file is in, by its path.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The extension in small letters, without its stop.
  package static func ending(of name: String) -> String? {
    let last = last(of: name)
    guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return nil }
    return last[last.index(after: dot)...].lowercased()
  }

  /// The name with another extension, or with one.
  package static func changing(_ name: String, ending: String) -> String {
    let start = name.lastIndex(of: "/").map(name.index(after:)) ?? name.startIndex
    guard let dot = name[start...].lastIndex(of: "."), dot != start else {
      return name + "." + ending
    }
    return name[..<dot] + "." + ending
  }
}
