import EngineTestSupport
import Foundation
import Glibc
import KugelEngine
import KugelSystem
import KugelText
import Synchronization
import Testing

@testable import KugelEspeak

/// The built program, beside the one that runs the tests.
private let program: String = {
  var buffer = [CChar](repeating: 0, count: 4_096)
  let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
  let runner = String(
    decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  return runner.prefix(through: runner.lastIndex(of: "/") ?? runner.startIndex) + "kugel"
}()

private let sentence = "The quick brown fox jumps over the lazy dog."

private func request(
  _ text: String, _ identifier: String = "gmw/en-US", isRepeatable: Bool = false
) -> EspeakRequest {
  EspeakRequest(
    identifier: identifier, text: Array(text.utf8) + [0], endsClause: true,
    isRepeatable: isRepeatable, wordsPerMinute: 175, pitch: 50)
}

/// The library tells now and then of a word without a place, which is none.
private func places(_ words: [EspeakSound.Word]) -> [Int32] {
  words.map(\.offset).filter { $0 >= 0 }
}

private func isAlive(_ process: pid_t) -> Bool { kill(process, 0) == 0 }

@Suite struct EspeakProcessTests {
  @Test func `a process speaks what the library speaks`() throws {
    let process = try EspeakProcess(.program(program))
    #expect(try process.rate() == 22_050)
    for text in [sentence, "Guten Tag."] {
      var (there, here) = (EspeakSound(samples: []), EspeakSound(samples: []))
      try process.speak(request(text)) { sound in
        there.samples += sound.samples
        there.words += sound.words
        return true
      }
      try EspeakLibrary.shared.speak(request(text)) { sound in
        here.samples += sound.samples
        here.words += sound.words
        return true
      }
      #expect(places(there.words) == places(here.words))
      #expect(abs(there.samples.count - here.samples.count) * 50 <= here.samples.count)
    }
  }

  private func sound(_ process: EspeakProcess, _ request: EspeakRequest) throws -> EspeakSound {
    var whole = EspeakSound(samples: [])
    try process.speak(request) { sound in
      whole.samples += sound.samples
      whole.words += sound.words
      return true
    }
    return whole
  }

  /// The last one has breath, which is noise.
  @Test(arguments: ["gmw/en-US", "gmw/de", "gmw/en-US+whisper"])
  func `what was spoken before changes no sample`(identifier: String) throws {
    let again = request(sentence, identifier, isRepeatable: true)
    let fresh = try sound(EspeakProcess(.program(program)), again)
    #expect(fresh.samples.count > 22_050)
    let process = try EspeakProcess(.program(program))
    for before in [
      again, request("One, and two.", identifier, isRepeatable: true),
      request("Bonjour à tous.", "roa/fr", isRepeatable: true),
      request("What?", "gmw/en-US+f3", isRepeatable: true),
    ] {
      _ = try sound(process, before)
      #expect(try sound(process, again) == fresh)
    }
    // Nor does one that was not heard to its end.
    let long = request(
      String(repeating: sentence + " ", count: 40), identifier, isRepeatable: true)
    try process.speak(long) { _ in false }
    #expect(try sound(process, again) == fresh)
  }

  @Test func `no more is made soon after no more is wanted`() throws {
    let process = try EspeakProcess(.program(program))
    let long = String(repeating: sentence + " ", count: 400)
    var count = 0
    try process.speak(request(long)) { sound in
      count += sound.samples.count
      return false
    }
    #expect(count < 22_050)
    var next = 0
    try process.speak(request(sentence)) { sound in
      next += sound.samples.count
      return true
    }
    #expect(next > 22_050)
  }

  @Test func `a cancel ends the work at the library's next call`() throws {
    var ends: [CInt] = [-1, -1]
    try #require(unsafe socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0)
    let parent = FrameSocket(descriptor: ends[0])
    var servant: FrameSocket? = FrameSocket(descriptor: ends[1])
    try parent.send(.cancel)
    let long = request(String(repeating: sentence + " ", count: 400))
    #expect(try EspeakServant.speak(long, #require(servant)))
    servant = nil
    // Not even the sound of the first call was sent.
    #expect(try parent.receive() == .ended)
    #expect(throws: FrameSocket.Failure.ended) { try parent.receive() }
  }

  @Test func `a voice that is not there is refused, and the process goes on`() throws {
    let process = try EspeakProcess(.program(program))
    #expect(throws: EspeakFailure.self) {
      try process.speak(request(sentence, "xx/none")) { _ in true }
    }
    var count = 0
    try process.speak(request(sentence)) {
      count += $0.samples.count
      return true
    }
    #expect(count > 0)
  }

  @Test func `a process that is killed says so, and leaves nothing behind`() throws {
    let process = try EspeakProcess(.program(program))
    _ = try process.rate()
    let number = process.identity
    var pieces = 0
    let long = String(repeating: sentence + " ", count: 400)
    #expect(throws: EspeakFailure.died(cause: "killed")) {
      try process.speak(request(long)) { _ in
        pieces += 1
        if pieces == 1 { kill(number, SIGKILL) }
        return true
      }
    }
    #expect(pieces >= 1)
    #expect(!isAlive(number))
  }

  @Test func `a process ends with whoever held it`() throws {
    var process: EspeakProcess? = try EspeakProcess(.program(program))
    let number = try #require(process?.identity)
    _ = try process?.rate()
    #expect(isAlive(number))
    process = nil
    #expect(!isAlive(number))
  }

  @Test func `what a terminal sends is not for the process`() throws {
    let process = try EspeakProcess(.program(program))
    _ = try process.rate()
    for signal in [SIGINT, SIGQUIT, SIGTSTP, SIGHUP, SIGTERM, SIGUSR1] {
      kill(process.identity, signal)
    }
    var count = 0
    try process.speak(request(sentence)) {
      count += $0.samples.count
      return true
    }
    #expect(count > 0)
  }
}

@Suite struct EspeakProcessesTests {
  @Test func `texts are spoken at the same time, each in a process of its own`() async throws {
    let processes = EspeakProcesses(program: program, limit: 3)
    let inside = Monitor(0)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask {
          try await onThread {
            var isFirst = true
            try processes.speak(request(sentence)) { _ in
              // Nobody goes on before all three speak.
              if isFirst {
                inside.change { $0 += 1 }
                inside.wait { $0 == 3 ? () : nil }
              }
              isFirst = false
              return true
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(inside.withLock { $0 } == 3)
  }

  @Test(arguments: [false, true]) func `a process gives way to who hands on its sound, if it is to`(
    givesWay: Bool
  ) throws {
    let processes = EspeakProcesses(program: program, limit: 1, givesWay: givesWay)
    try processes.speak(request(sentence)) { _ in true }
    let own = getpriority(CInt(PRIO_PROCESS.rawValue), 0)
    let expected = givesWay ? min(19, own + 10) : own
    #expect(processes.idle.map { getpriority(CInt(PRIO_PROCESS.rawValue), id_t($0)) } == [expected])
  }

  @Test func `a text more than there are processes waits for one`() async throws {
    let processes = EspeakProcesses(program: program, limit: 2)
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<6 {
        group.addTask {
          try await onThread {
            var count = 0
            try processes.speak(request(sentence)) {
              count += $0.samples.count
              return true
            }
            return count
          }
        }
      }
      return try await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(counts.count == 6 && counts.allSatisfy { $0 > 22_050 })
  }

  @Test func `a process that died is replaced`() throws {
    let processes = EspeakProcesses(program: program, limit: 1)
    let engine = EspeakEngine(voicing: processes)
    let whole = try engine.speech(sentence, words: true)
    #expect(engine.nativeRate == 22_050)
    let victims = Mutex(processes.idle)
    #expect(victims.withLock { $0.count } == 1)
    var speech = Speech()
    try engine.speak(
      Utterance(text: sentence, voice: engine.defaultVoice, wantsWordTimes: true)
    ) { piece in
      victims.withLock { numbers in
        for number in numbers { kill(number, SIGKILL) }
        numbers = []
      }
      speech.pieces.append(piece)
      return true
    }
    #expect(speech.words.map(\.word) == whole.words.map(\.word))
    // The sentence again at the most.
    #expect(speech.samples.count >= whole.samples.count * 9 / 10)
    #expect(speech.samples.count <= whole.samples.count * 2)
  }

  @Test func `those that were killed while nobody asked for them are no corpses for long`()
    async throws
  {
    let processes = EspeakProcesses(program: program, limit: 2)
    let inside = Monitor(0)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<2 {
        group.addTask {
          try await onThread {
            try processes.speak(request(sentence)) { _ in
              inside.change { $0 += 1 }
              inside.wait { $0 >= 2 ? () : nil }
              return false
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let idle = processes.idle
    #expect(idle.count == 2)
    // The one that the next request does not take.
    let victim = try #require(idle.first)
    kill(victim, SIGKILL)
    var state = unsafe siginfo_t()
    _ = unsafe waitid(P_PID, id_t(victim), &state, WEXITED | WNOWAIT)
    #expect(isAlive(victim), "a corpse has its number still")
    try processes.speak(request(sentence)) { _ in true }
    #expect(!isAlive(victim))
    #expect(processes.idle.count == 1 && !processes.idle.contains(victim))
  }

  @Test func `a program that ends at once is no engine, and says why`() {
    let processes = EspeakProcesses(program: "/bin/false", limit: 1)
    #expect(
      throws: EspeakFailure.refused(
        .unavailable(engine: "espeak", cause: "its process ended as it began (it ended)"))
    ) { try processes.speak(request(sentence)) { _ in true } }
    #expect(throws: EngineError.self) { try processes.prepare() }
  }

  @Test func `a process that is killed as it begins is followed by another`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let mortal = folder.appending(path: "mortal").path
    let script = """
      #!/bin/sh
      mkdir '\(folder.path)/killed' 2>/dev/null && kill -9 $$
      exec '\(program)' "$@"
      """
    try #require(
      FileManager.default.createFile(
        atPath: mortal, contents: Data(script.utf8), attributes: [.posixPermissions: 0o755]))
    let processes = EspeakProcesses(program: mortal, limit: 1)
    var count = 0
    try processes.speak(request(sentence)) { sound in
      count += sound.samples.count
      return true
    }
    #expect(count > 0 && processes.idle.count == 1)
  }

  @Test func `a program that is not there is no engine, and says why`() {
    let processes = EspeakProcesses(program: "/nowhere/kugel", limit: 1)
    guard
      case .unavailable("espeak", let cause)? = error({ () throws(EngineError) in
        try processes.prepare()
      })
    else {
      Issue.record("it can be started")
      return
    }
    #expect(cause.contains("no such file"))
  }

  private func error(_ body: () throws(EngineError) -> Void) -> EngineError? {
    do throws(EngineError) { try body() } catch { return error }
    return nil
  }
}

/// Blocking work, kept from the threads that all tests share.
private func onThread<Result: Sendable>(
  _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    do {
      _ = try Thread(name: "speaking") {
        continuation.resume(with: Swift.Result { try body() })
      }
    } catch { continuation.resume(throwing: error) }
  }
}
