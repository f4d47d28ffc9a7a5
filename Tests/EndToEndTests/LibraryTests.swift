#if arch(x86_64)
  import Foundation
  import Testing

  /// Libraries that are there and cannot be opened: each is missed by whoever needs it, and by nobody else.
  @Suite struct LibraryTests {
    private static let files = [
      "libsoxr.so.0", "libsndfile.so.1", "libasound.so.2", "libedit.so.2", "libssl.so.3",
      "libcrypto.so.3", "libcap.so.2", "libsonic.so.0",
    ]

    private func run(_ words: [String], in scratch: Scratch) throws -> Program.Result {
      for file in Self.files { try Data().write(to: URL(fileURLWithPath: scratch.path(file))) }
      let words = words.map { $0 == "FILE" ? scratch.path("a.flac") : $0 }
      var environment = Program.environment
      environment["LD_LIBRARY_PATH"] = scratch.path("")
      environment["KUGELAUDIO_API_KEY"] = "ka_test"
      let running = try Running(words, environment: environment)
      running.write("One two.")
      running.closeInput()
      return running.wait()
    }

    @Test(arguments: [
      ["stream", "-q", "-e", "tone", "-o", "-", "--format", "raw"], ["--help"], ["--version"],
      ["voices", "-e", "tone"],
    ]) func `what is not needed is not missed`(words: [String]) throws {
      let result = try run(words, in: try Scratch())
      #expect(result.status == 0)
      #expect(!result.output.isEmpty)
      #expect(result.talk == "")
    }

    @Test(arguments: ["a.wav", "a.raw"]) func `a plain file needs none`(name: String) throws {
      let scratch = try Scratch()
      let words = ["say", "-q", "-e", "espeak", "-o", scratch.path(name), "hi"]
      let result = try run(words, in: scratch)
      #expect(result.status == 0)
      #expect(result.talk == "")
      #expect(scratch.names.contains(name))
    }

    @Test(arguments: [
      (["say", "-e", "tone", "-o", "FILE", "hi"], "libsndfile.so.1", "libsndfile1"),
      (["say", "-e", "tone", "hi"], "libasound.so.2", "libasound2"),
      (
        ["stream", "-e", "tone", "-o", "-", "--sample-rate", "11025", "--format", "raw"],
        "libsoxr.so.0", "libsoxr0"
      ),
      (
        [
          "stream", "-e", "kugel", "--url", "https://127.0.0.1:9", "-v", "1", "-o",
          "-",
        ], "libssl.so.3", "libssl3"
      ),
    ]) func `what is needed is named, with what installs it`(
      words: [String], file: String, package: String
    ) throws {
      let scratch = try Scratch()
      let result = try run(words, in: scratch)
      #expect(result.status == 69)
      #expect(scratch.names.sorted() == Self.files.sorted())
      #expect(result.talk.contains(file) && result.talk.contains("apt-get install \(package)"))
    }
  }
#endif
