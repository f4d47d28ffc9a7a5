import Foundation
import Testing

/// Files that are named twice, odd names, missing descriptors, full disks.
@Suite struct FilesTests {
  /// Runs a line of `sh` with the program as `$K`, in a folder of its own.
  private func shell(_ line: String, in scratch: Scratch) throws -> Program.Result {
    let process = Process()
    let (output, talk) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = scratch.folder
    process.environment = Program.environment.merging(["K": Program.path]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = talk
    try Program.starting.withLock { try process.run() }
    let (said, told) = (
      try output.fileHandleForReading.readToEnd() ?? Data(),
      try talk.fileHandleForReading.readToEnd() ?? Data()
    )
    process.waitUntilExit()
    return Program.Result(
      status: process.terminationStatus, output: said, talk: String(decoding: told, as: UTF8.self))
  }

  @Test(arguments: [
    ("$K stream -e tone -o x.wav <&-", 65), ("$K multi -e tone -o x.wav <&-", 65),
    ("$K session -e tone -o x.wav <&-", 0), ("$K say -e tone -o x.wav hi <&- >&- 2>&-", 0),
    ("$K voices -e tone >&-", 74),
  ])
  func `missing descriptors are no end of the program, and take no file's place`(
    line: String, status: Int32
  ) throws {
    let scratch = try Scratch()
    #expect(try shell("timeout -k 1 20 " + line, in: scratch).status == status)
    if line.hasPrefix("$K say") {
      #expect(try scratch.data("x.wav").prefix(4) == Data("RIFF".utf8))
    }
  }

  @Test func `names are bytes`() throws {
    let scratch = try Scratch()
    let line = #"""
      printf 'Hello there.' > $'na\xefve.txt'
      $K say -e tone -f $'na\xefve.txt' -o $'out\xef.wav' --events $'ev\xef.jsonl' &&
      test -s $'out\xef.wav' && test -s $'ev\xef.jsonl' && rm $'out\xef.wav' $'ev\xef.jsonl' $'na\xefve.txt'
      """#
    let result = try shell(line, in: scratch)
    #expect(result.status == 0, "\(result.talk)")
    #expect(scratch.names == [])
    let missing = try shell(#"$K say -e tone -f $'n\xefx' -o x.wav"#, in: scratch)
    #expect(missing.status == 66 && missing.talk.contains(#"cannot read n\xEFx: "#))
  }

  @Test(arguments: [
    "-f notes.txt -o e.wav --events notes.txt", "-f notes.txt -o e.wav --events ./notes.txt",
    "-f notes.txt --force --format raw -o notes.txt", "-o e.wav --events e.wav hi",
  ])
  func `a file named twice is an error and stays`(words: String) throws {
    let scratch = try Scratch()
    try Data("Precious.".utf8).write(to: URL(fileURLWithPath: scratch.path("notes.txt")))
    let result = try shell("$K say -e tone " + words, in: scratch)
    #expect(result.status == 64 && result.talk.contains("mean the same file"), "\(result.talk)")
    #expect(try scratch.data("notes.txt") == Data("Precious.".utf8))
    #expect(scratch.names == ["notes.txt"])
  }

  @Test func `events replace a file only when forced`() throws {
    let scratch = try Scratch()
    try Data("old\n".utf8).write(to: URL(fileURLWithPath: scratch.path("ev")))
    let refused = try shell("$K say -e tone -o a.wav --events ev hi", in: scratch)
    #expect(refused.status == 73 && refused.talk.contains("--force"))
    #expect(try scratch.data("ev") == Data("old\n".utf8))
    #expect(try shell("$K say -e tone -o a.wav --force --events ev hi", in: scratch).status == 0)
    #expect(try scratch.data("ev").starts(with: Data("{".utf8)))
  }

  @Test func `events on a full disk are told, and no line is torn`() throws {
    let scratch = try Scratch()
    let full = try Program.run(
      "say", "-e", "tone", "-o", scratch.path("a.wav"), "--events", "/dev/full", "hi")
    #expect(full.status == 74 && full.talk.contains("events were lost: no space left"))
    let text = String(repeating: "More and more. ", count: 100)
    let limited = try shell(
      "(ulimit -f 2; $K say -e tone --format raw -o /dev/null --events ev '\(text)')", in: scratch)
    #expect(limited.status == 74, "\(limited.talk)")
    let events = try scratch.data("ev")
    #expect(events.count > 0 && events.last == 0x0A)
    for line in events.split(separator: 0x0A) {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: line) }
    }
  }

  @Test func `a good file stays when the new one fails, and the fragment is named`() throws {
    let scratch = try Scratch()
    #expect(try shell("$K say -e tone -o g.wav good", in: scratch).status == 0)
    let good = try scratch.data("g.wav")
    let text = String(repeating: "More and more. ", count: 200)
    let failed = try shell("(ulimit -f 60; $K say -e tone --force -o g.wav '\(text)')", in: scratch)
    #expect(failed.status == 74 && failed.talk.contains("g.cut.wav"), "\(failed.talk)")
    #expect(try scratch.data("g.wav") == good)
    #expect(try scratch.data("g.cut.wav").prefix(4) == Data("RIFF".utf8))
    #expect(scratch.names == ["g.cut.wav", "g.wav"])
  }

  @Test func `an interrupted run leaves the good file too`() throws {
    let scratch = try Scratch()
    #expect(try shell("$K say -e tone -o g.wav good", in: scratch).status == 0)
    let good = try scratch.data("g.wav")
    let running = try Running(
      ["stream", "-e", "tone", "--force", "-o", scratch.path("g.wav"), "--tee"])
    running.write("One sentence. And another one.\n")
    _ = running.read(atLeast: 10)
    usleep(300_000)
    running.send(SIGTERM)
    let result = running.wait()
    #expect(result.status == 143)
    #expect(try scratch.data("g.wav") == good)
    #expect(result.talk.contains("g.wav is as it was") == scratch.names.contains("g.cut.wav"))
  }

  @Test func `a run without a sample makes no file`() throws {
    let scratch = try Scratch()
    let text = String(repeating: "More and more. ", count: 100)
    _ = try shell("(ulimit -f 1; $K say -e tone -o o.opus '\(text)' 2>/dev/null)", in: scratch)
    #expect(scratch.names == [])
  }

  @Test func `non-blocking standard output loses nothing`() throws {
    let scratch = try Scratch()
    let text = String(repeating: "The quick brown fox. ", count: 2000)
    try Data(text.utf8).write(to: URL(fileURLWithPath: scratch.path("in")))
    let line = """
      perl -MFcntl -e 'fcntl(STDOUT, F_SETFL, O_WRONLY | O_NONBLOCK) or die; exec @ARGV' \
        $K stream -e tone -o x.raw --tee < in | perl -e '
          while (1) { select(undef, undef, undef, 0.002);
            my $n = sysread(STDIN, my $b, 4096); last if !$n; print $b }'
      exit ${PIPESTATUS[0]}
      """
    let result = try shell(line, in: scratch)
    #expect(result.status == 0, "\(result.talk)")
    #expect(result.output == Data(text.utf8))
  }

  @Test func `several files follow one -f, and a dash begins no text`() throws {
    let scratch = try Scratch()
    let both = try shell(
      "echo One. > a.txt; echo Two. > b.txt; $K say -e tone -o x.wav -f *.txt", in: scratch)
    #expect(both.status == 0, "\(both.talk)")
    let dash = try Program.run("say", "-e", "tone", "-o", scratch.path("y.wav"), "- One thing")
    #expect(dash.status == 64 && dash.talk.contains("kugel say -- '- One thing'"), "\(dash.talk)")
    #expect(
      try Program.run("say", "-e", "tone", "-o", scratch.path("y.wav"), "--", "- One thing").status
        == 0)
  }

  @Test func `volume and lead-in shape files`() throws {
    let scratch = try Scratch()
    let plain = try Program.run("say", "-e", "tone", "--format", "raw", "-o", "-", "hi")
    let shaped = try Program.run(
      "say", "-e", "tone", "--format", "raw", "--volume", "-6", "--lead-in", "100", "-o", "-", "hi")
    let silence = 2400 * 2
    #expect(shaped.output.count == plain.output.count + silence)
    #expect(shaped.output.prefix(silence).allSatisfy { $0 == 0 })
    let loudest = { (data: Data) in
      let bytes = Array(data)
      return stride(from: 0, to: bytes.count - 1, by: 2).map { index in
        abs(Int(Int16(truncatingIfNeeded: Int(bytes[index]) | Int(bytes[index + 1]) << 8)))
      }.max() ?? 0
    }
    let (before, after) = (loudest(plain.output), loudest(shaped.output))
    #expect(abs(Double(after) / Double(before) - 0.501) < 0.01)
    let refused = try Program.run(
      "say", "-e", "tone", "-o", scratch.path("x.wav"), "--prebuffer", "all", "hi")
    #expect(refused.status == 64 && refused.talk.contains("--prebuffer means nothing"))
  }

  @Test func `a key is not waited for at a pipe that nobody writes`() throws {
    let scratch = try Scratch()
    let result = try shell(
      "mkfifo f; timeout -k 1 30 $K say --key-file f --url http://127.0.0.1:9 -o z.wav hi",
      in: scratch)
    #expect(result.status == 77 && result.talk.contains("nobody writes into this pipe"))
  }

  @Test func `who waits to write into a pipe is read, whoever comes first`() throws {
    let scratch = try Scratch()
    let result = try shell(
      "mkfifo f; for n in 1 2 3 4 5 6; do (sleep 0.0$n; echo hi >f) & "
        + "timeout -k 1 30 $K say -q -e tone --force -o a.wav -f f || exit 9; wait; done",
      in: scratch)
    #expect(result.status == 0, "\(result.talk)")
  }

  @Test func `a wrong value names its file and line`() throws {
    let scratch = try Scratch()
    let result = try shell(
      "printf '#\\nrate = 5000\\n' > c; $K say --config c -e tone -o x.wav hi", in: scratch)
    #expect(
      result.status == 78 && result.talk.hasPrefix("kugel: c:2: rate takes "), "\(result.talk)")
    let voice = try shell(
      "printf 'voice = nobody-at-all\\n' > c; $K say --config c -e tone -o x.wav hi", in: scratch)
    #expect(voice.status == 78 && voice.talk.hasPrefix("kugel: c:1: "), "\(voice.talk)")
  }

  @Test func `a missing sound is found by a check`() throws {
    let scratch = try Scratch()
    let result = try shell(
      "printf '@voice a = tone:1\\na: Hi.\\n[sound nosuch.wav]\\n' | $K multi --check", in: scratch)
    #expect(result.status == 65 && result.talk.contains("3:1: the sound cannot be read"))
  }
}
