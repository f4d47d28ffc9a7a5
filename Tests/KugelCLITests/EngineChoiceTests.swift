import Glibc
import KugelEngine
import KugelJobs
import KugelSystem
import KugelText
import Synchronization
import Testing

@testable import KugelCLI

/// Who speaks where nobody is named, and a voice is ready that is better than the everyday one.
@Suite struct EngineChoiceTests {
  private static let better = EngineName(rawValue: "piper") ?? .offline

  /// The engine of what `kugel say` was asked, and what the glance at engines was told.
  private func chosen(_ words: [String], variables: [String: String] = [:]) -> (
    engine: String?, wish: EngineWish?, told: String, status: Code
  ) {
    let asked = Mutex<EngineWish?>(nil)
    let outcome = Stage.run(["say"] + words + ["hello"], variables: variables, terminals: [2]) {
      wish in
      asked.withLock { $0 = wish }
      wish.tell("a voice is passed over")
      return Self.better
    }
    return (
      outcome.requests.first?.engine.rawValue, asked.withLock(\.self), outcome.told, outcome.status
    )
  }

  @Test(arguments: [
    ([], "piper"), (["-s", "1.5"], "piper"), (["-x", "threads=2"], "piper"),
    // What only the other one can do.
    (["-s", "2.4"], "espeak"), (["-r", "400"], "espeak"), (["-x", "pitch=80"], "espeak"),
    (["-e", "espeak"], "espeak"),
  ])
  func `the better one speaks where it takes all that is asked for`(words: [String], engine: String)
  {
    #expect(chosen(words).engine == engine)
  }

  @Test func `what is asked for reaches the glance`() {
    let wish = chosen(["-v", "joe", "-l", "en-gb", "-x", "voices=/v"]).wish
    #expect(wish?.voice == VoiceReference("joe") && wish?.language == "en-gb")
    #expect(wish?.options == ["voices": "/v"])
  }

  @Test func `a voice that is passed over is told at a terminal, and not where nothing is to be`() {
    #expect(chosen([]).told.contains("passed over"))
    #expect(!chosen(["-q"]).told.contains("passed over"))
  }

  @Test func `what files say to an engine counts for it alone`() throws {
    var template = Array("/tmp/kugel-choice.XXXXXX".utf8CString)
    let folder = unsafe template.withUnsafeMutableBufferPointer {
      unsafe mkdtemp($0.baseAddress!).map { unsafe String(cString: $0) }
    }
    let path = try #require(folder) + "/config"
    defer {
      unsafe unlink(path)
      unsafe rmdir(String(path.dropLast("/config".count)))
    }
    try SmallFile.replace(path, with: "set = voices=/elsewhere\n")
    let variables = ["KUGEL_CONFIG": path]
    let own = chosen([], variables: variables)
    #expect(own.engine == "piper" && own.wish?.options == ["voices": "/elsewhere"])
    let other = chosen(["-e", "espeak"], variables: variables)
    #expect(other.engine == "espeak" && other.status == .done)
    // Said for one call, it is refused.
    #expect(chosen(["-e", "espeak", "-x", "voices=/v"], variables: variables).status == .usage)
    for command in [["voices", "-e", "piper"], ["voices", "-e", "espeak"]] {
      #expect(Stage.run(command, variables: variables).status == .done)
    }
  }
}
