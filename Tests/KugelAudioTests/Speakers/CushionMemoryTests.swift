import Testing

@testable import KugelAudio

@Suite struct CushionMemoryTests {
  @Test func `each host has its own, and only what a cushion can be counts`() throws {
    let folder = try TemporaryFolder()
    let memory = CushionMemory(path: folder.file("cushions"))
    #expect(memory.cushion(for: "a") == nil)
    memory.remember(.milliseconds(220), for: "a:443")
    memory.remember(.milliseconds(420), for: "b")
    memory.remember(.milliseconds(320), for: "a:443")
    #expect(memory.cushion(for: "a:443") == .milliseconds(320))
    #expect(memory.cushion(for: "b") == .milliseconds(420))
    #expect(folder.names == ["cushions"])
    #expect(
      CushionMemory.parse("x 9999\ny -1\nz\nw 1 2\nv 5\n")
        == ["x": .milliseconds(1000), "v": .milliseconds(120)])
  }
}
