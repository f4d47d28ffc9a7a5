import FoundationEssentials
import Testing

/// Every input that was kept, of seeds and of findings, through its target.
@Suite struct ReplayTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Inputs")

  @Test(.timeLimit(.minutes(1)), arguments: FuzzTarget.all.map(\.name))
  func `what was kept of fuzzing still holds`(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let folder = Self.folder.appending(path: name)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    try #require(!files.isEmpty, "no input is kept for \(name)")
    for file in files.sorted() {
      let input = try Data(contentsOf: folder.appending(path: file))
      do {
        try target.check(Array(input))
      } catch {
        Issue.record("\(name)/\(file): \(error)")
      }
    }
  }

  @Test func `each folder of inputs belongs to a target`() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(folders) == Set(FuzzTarget.all.map(\.name)))
  }
}
