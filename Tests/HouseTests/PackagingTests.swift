import Foundation
import Testing

/// What packages say of the program is what the program says.
@Suite struct PackagingTests {
  private static let control = ".package/debian/control"

  /// The packages of a field of the control file.
  private func packages(_ field: String) throws -> Set<String> {
    let text = try House.text(Self.control)
    let line = try #require(text.matches(of: #/(?m)^(\S+): (.*)$/#).first { $0.1 == field })
    return Set(line.2.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
  }

  @Test func `what the program loads by name is recommended or suggested`() throws {
    let loaded = #/(?:LoadedLibrary|dlopen)\("(lib\w+)\.so\.\d+"/#
    var names: Set<String> = []
    for file in try House.swiftFiles(below: "Sources") {
      names.formUnion(file.text.matches(of: loaded).map { String($0.1) })
    }
    #expect(names.count > 4)
    let offered = try packages("Recommends").union(packages("Suggests"))
    // It comes along with libpocketsphinx.
    for name in names.subtracting(["libsphinxbase"]) {
      #expect(offered.contains { $0.hasPrefix(name) }, "\(name)")
    }
  }

  @Test func `what its sentences tell to install is named, too`() throws {
    let told = #/(?:Debian: |called |\sand |not installed \()(lib[\w-]+\d|pocketsphinx[\w-]+)/#
    let offered = try packages("Recommends").union(packages("Suggests"))
    var count = 0
    for file in try House.swiftFiles(below: "Sources") {
      for match in file.text.matches(of: told) {
        count += 1
        #expect(offered.contains(String(match.1)), "\(file.path): \(match.1)")
      }
    }
    #expect(count >= 5)
  }

  @Test func `the version is read from where the program has it`() throws {
    let script = try House.text(".package/release.sh")
    let path = try #require(script.firstMatch(of: #/release=\$root\/(\S+)/#)).1
    let release = try House.text(String(path))
    #expect(release.contains(#/ version = "\d+\.\d+\.\d+"\n/#))
    #expect(release.contains(#/ date = "[A-Z][a-z]+ \d+, \d{4}"\n/#))
    let others = [
      Self.control, "Makefile", "Package.swift", ".package/deb.sh", ".package/tarball.sh",
    ]
    let version = try #require(release.firstMatch(of: #/ version = "([^"]+)"/#)).1
    for other in others { #expect(try !House.text(other).contains(version), "\(other)") }
  }
}
