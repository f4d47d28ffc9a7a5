import Foundation
import KugelSystem
import Testing

@Suite struct ProgramFolderTests {
  private static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()

  @Test func `what lies beside the program is found there`() {
    let name = Self.program.lastPathComponent
    #expect(ProgramFolder.folder == Self.program.deletingLastPathComponent().path)
    #expect(ProgramFolder.path(of: name) == Self.program.path)
  }

  @Test func `what does not is not looked for elsewhere`() {
    #expect(ProgramFolder.path(of: "no such thing") == nil)
  }
}
