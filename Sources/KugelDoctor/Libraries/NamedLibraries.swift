import CLazyLibraries
import KugelJobs
import KugelSystem

/// The libraries of the system that a folder to unpack (`make tarball`) names in a file of its own.
///
/// A package's dependencies see to it that they are there; nobody does for a folder. So it looks before it
/// begins, and names all that are missing at once.
package struct NamedLibraries: Equatable, Sendable {
  package static let fileName = "kugel.libraries"

  package struct Entry: Equatable, Sendable {
    /// As the system's loader knows it: `libsoxr.so.0`.
    package var file: String
    /// Debian's package that has it.
    package var package: String
  }

  package let entries: [Entry]

  /// - Parameter text: a file's name and its package in each line; `#` begins a remark.
  package init(_ text: String) {
    entries = text.split(whereSeparator: \.isNewline).compactMap { line in
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
      return words.count == 2 ? Entry(file: words[0], package: words[1]) : nil
    }
  }

  /// - Parameters:
  ///   - path: of the file that names them.
  ///   - isThere: whether the system can open this file.
  /// - Throws: 69 with all that cannot be opened.
  package func check(path: String, isThere: (String) -> Bool) throws(UserError) {
    let missing = entries.filter { !isThere($0.file) }
    if missing.isEmpty { return }
    var packages: [String] = []
    for entry in missing where !packages.contains(entry.package) { packages.append(entry.package) }
    throw UserError(
      .unavailable, "libraries are missing: \(missing.map(\.file).joined(separator: ", "))",
      hint: "On Debian: apt-get install \(packages.joined(separator: " "))\n"
        + "What is never to be used can be taken out of \(path).")
  }

  /// Looks whether all can be opened that the file beside this program names, if there is one.
  package static func checkBesideProgram() throws(UserError) {
    guard let path = ProgramFolder.path(of: fileName),
      let bytes = try? SmallFile.read(path)
    else { return }
    try NamedLibraries(String(decoding: bytes, as: UTF8.self)).check(path: path) {
      unsafe kugel_library_problem($0) == nil
    }
  }
}
