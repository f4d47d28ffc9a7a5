import Testing

@testable import KugelCLI
@testable import KugelDoctor
@testable import KugelJobs

@Suite struct NamedLibrariesTests {
  private static let text = """
    # What this folder's program opens.
    liba.so.1   liba1
    libb.so.2 libb2   # and why

    libc.so.3 libb2
    neither
    """

  @Test func `a line is a file and its package`() {
    #expect(
      NamedLibraries(Self.text).entries == [
        .init(file: "liba.so.1", package: "liba1"), .init(file: "libb.so.2", package: "libb2"),
        .init(file: "libc.so.3", package: "libb2"),
      ])
  }

  @Test func `all that are missing are named at once, and a package once`() throws {
    let libraries = NamedLibraries(Self.text)
    try libraries.check(path: "/opt/kugel.libraries") { _ in true }
    let error = #expect(throws: UserError.self) {
      try libraries.check(path: "/opt/kugel.libraries") { $0 == "liba.so.1" }
    }
    #expect(error?.status == .unavailable)
    #expect(error?.message == "libraries are missing: libb.so.2, libc.so.3")
    #expect(
      error?.hint == "On Debian: apt-get install libb2\n"
        + "What is never to be used can be taken out of /opt/kugel.libraries.")
  }

  @Test(arguments: [
    (["say", "hi"], true), (["again"], true), (["help"], false), (["--version"], false),
  ])
  func `they are looked for before a command that makes sound, and not to tell of them`(
    words: [String], looks: Bool
  ) {
    let missing = UserError(.unavailable, "libraries are missing: liba.so.1")
    let outcome = Stage.run(words, checkLibraries: { throw missing })
    #expect((outcome.status == .unavailable) == looks)
    #expect(outcome.told.contains("liba.so.1") == looks)
    #expect(outcome.requests.isEmpty)
  }
}
