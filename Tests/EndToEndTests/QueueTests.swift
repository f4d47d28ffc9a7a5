import Foundation
import Testing

/// How the processes of one user take turns.
@Suite struct QueueTests {
  private let scratch: Scratch
  private let environment: [String: String]

  init() throws {
    scratch = try Scratch()
    var environment = Program.environment
    environment["XDG_RUNTIME_DIR"] = scratch.folder.path
    self.environment = environment
  }

  /// Plays at once what it gets, and says what becomes of it.
  private func session(_ words: String...) throws -> Running {
    try Running(["session", "-e", "tone", "-a", "null"] + words, environment: environment)
  }

  private func sockets() throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("kugel"))
    return names.filter { $0.hasSuffix(".sock") }
  }

  @Test func `kugel stop ends the others`() throws {
    let speaking = try Running(
      ["stream", "-e", "tone", "-o", "-", "--format", "raw"], environment: environment)
    speaking.write("Hello world. ")
    _ = speaking.read(atLeast: 1)
    let stop = try Running(["stop", "--all"], environment: environment)
    #expect(stop.wait().status == 0)
    #expect(speaking.wait().status == 143)
    #expect(try sockets() == [])
  }

  @Test func `kugel stop ends one that is suspended, too`() throws {
    let speaking = try session()
    speaking.write("/send Not ended.\n/wait 0ms\n/status\n")
    #expect(speaking.says("status"))
    speaking.send(SIGSTOP)
    let status = "/proc/\(speaking.processIdentifier)/stat"
    waitUntil { (try? String(contentsOfFile: status, encoding: .utf8))?.contains(") T ") == true }
    let stop = try Running(["stop"], environment: environment).wait()
    #expect(stop.status == 0, "\(stop.talk)")
    #expect(speaking.wait().status == 143)
    #expect(try sockets() == [])
  }

  /// Whose folder it is that is there already, its mode, and what is said of it.
  @Test(
    .enabled(if: getuid() == 0, "only root can make folders of others"),
    arguments: [
      (false, 0o700, "belongs to another user"), (true, 0o755, "is not for us alone"),
    ])
  func `who cannot take turns says why and speaks all the same`(
    isOwn: Bool, mode: Int, cause: String
  ) throws {
    // Nobody has such a number.
    let user = 1_000_000_000 + Int(getpid()) * 2 + (isOwn ? 1 : 0)
    let folder = "/tmp/kugel-\(user)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false,
      attributes: [.posixPermissions: mode, .ownerAccountID: isOwn ? user : 0])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var environment = environment
    environment["XDG_RUNTIME_DIR"] = nil
    environment["HOME"] = "/nowhere"
    let speak = { [environment] (words: [String]) in
      try Running(
        ["say", "-e", "tone", "-a", "null"] + words + ["Hi"], environment: environment,
        by: ["/usr/bin/setpriv", "--reuid=\(user)", "--clear-groups"]
      ).wait()
    }
    let result = try speak([])
    #expect(result.status == 0, "\(result.talk)")
    #expect(result.talk.contains("no turn-taking with other kugel processes: \(folder) \(cause)"))
    #expect(try !speak(["-q"]).talk.contains("turn-taking"))
    let asked = try speak(["--queue", "wait"])
    #expect(asked.status == 69 && asked.talk.contains(cause))
  }

  @Test func `kugel stop leaves a silent session alone`() throws {
    let silent = try session()
    silent.write("Hello.\n\n/wait heard\n/status\n")
    #expect(silent.says("status"))
    let speaking = try session("--queue", "mix")
    speaking.write("/send Not ended.\n/wait 0ms\n/status\n")
    #expect(speaking.says("status"))
    waitUntil { (try? sockets().contains { $0.hasPrefix("silent-") }) ?? false }
    #expect(try Running(["stop"], environment: environment).wait().status == 0)
    #expect(speaking.wait().status == 143)
    silent.write("Still here.\n\n")
    silent.closeInput()
    let result = silent.wait()
    #expect(result.status == 0)
    #expect(String(decoding: result.output, as: UTF8.self).contains("turn 2 heard"))
    #expect(try sockets() == [])
  }

  @Test func `a turn waits for the turn of another, and only for that`() throws {
    let first = try session()
    let second = try session()
    first.write("/send One\n/wait 0ms\n/status\n")
    #expect(first.says("status"))
    second.write("Two.\n\n/status\n")
    #expect(second.says("status"))
    #expect(!second.said("turn 1 heard"))
    first.write("/end\n/wait heard\n/status\n")
    #expect(second.says("turn 1 heard"))
    // Both are idle now: neither waits for the end of the other.
    first.write("Three.\n\n")
    #expect(first.says("turn 2 heard"))
    second.write("Four.\n\n")
    #expect(second.says("turn 2 heard"))
    for session in [first, second] {
      session.closeInput()
      #expect(session.wait().status == 0)
    }
  }

  @Test func `who will not wait leaves, who replaces ends the other`() throws {
    let first = try session()
    first.write("/send One\n/wait 0ms\n/status\n")
    #expect(first.says("status"))
    let unwilling = try session("--queue", "fail")
    unwilling.write("Two.\n\n")
    unwilling.closeInput()
    let result = unwilling.wait()
    #expect(result.status == 75)
    #expect(result.talk.contains("another kugel plays"))
    let say = ["say", "-e", "tone", "-a", "null"]
    #expect(
      try Running(say + ["--queue", "fail", "Hi"], environment: environment).wait().status == 75)
    #expect(
      try Running(say + ["--queue", "mix", "Hi"], environment: environment).wait().status == 0)
    #expect(
      try Running(say + ["--queue", "replace", "Hi"], environment: environment).wait().status == 0)
    #expect(first.wait().status == 143)
  }

  @Test func `a script takes its turn like all others`() throws {
    let first = try session()
    first.write("/send One\n/wait 0ms\n/status\n")
    #expect(first.says("status"))
    let script = "@voice a = tone:1\na: Hi.\n"
    let multi = ["multi", "-a", "null"]
    let unwilling = try Running(multi + ["--queue", "fail"], environment: environment)
    unwilling.write(script)
    unwilling.closeInput()
    let refused = unwilling.wait()
    #expect(refused.status == 75)
    #expect(refused.talk.contains("another kugel plays"))
    let waiting = try Running(multi + ["--events", "-"], environment: environment)
    waiting.write(script)
    waiting.closeInput()
    first.write("/end\n/wait heard\n")
    #expect(first.says("turn 1 heard"))
    #expect(waiting.wait().status == 0)
    first.closeInput()
    #expect(first.wait().status == 0)
  }

  /// The rows of `kugel queue`, once there are so many.
  private func rows(_ count: Int) throws -> [String] {
    while true {
      let shown = try Running(["queue", "--json"], environment: environment).wait()
      #expect(shown.status == 0)
      let rows = String(decoding: shown.output, as: UTF8.self).split(separator: "\n")
        .filter { $0.contains("\"id\"") }
      if rows.count == count { return rows.map(String.init) }
      usleep(20_000)
    }
  }

  @Test func `kugel queue shows who speaks and who waits, and kugel skip lets the next in`() throws
  {
    #expect(try rows(0) == [])
    let first = try session("--from", "me")
    first.write("/send One\n/wait 0ms\n/status\n")
    #expect(first.says("status"))
    let second = try Running(
      ["say", "-e", "tone", "-a", "null", "--priority", "idle", "Two three"],
      environment: environment)
    let listed = try rows(2)
    #expect(listed[0].contains("\"state\":\"speaking\"") && listed[0].contains("\"from\":\"me\""))
    #expect(
      listed[1].contains("\"state\":\"waiting\"") && listed[1].contains("\"priority\":\"idle\""))
    #expect(listed[1].contains("\"text\":\"Two three\"") && listed[1].contains("\"chars\":9"))
    let table = try Running(["queue"], environment: environment).wait()
    #expect(String(decoding: table.output, as: UTF8.self).contains("Two three"))
    #expect(try Running(["skip"], environment: environment).wait().status == 0)
    #expect(first.says("turn 1 cancelled"))
    #expect(second.wait().status == 0)
    // The session goes on.
    first.write("Four.\n\n")
    #expect(first.says("turn 2 heard"))
    first.closeInput()
    #expect(first.wait().status == 0)
    #expect(try rows(0) == [])
    let nobody = try Running(["skip"], environment: environment).wait()
    #expect(nobody.status == 1 && nobody.talk == "kugel: nobody speaks\n")
  }

  @Test func `what was said last is heard again, and nothing is there before anything was`() throws
  {
    let again = ["again", "-a", "null"]
    let nothing = try Running(again, environment: environment).wait()
    #expect(nothing.status == 1 && nothing.talk.contains("nothing was said"))
    let say = ["say", "-e", "tone", "-a", "null", "Hello"]
    #expect(try Running(say, environment: environment).wait().status == 0)
    #expect(try Running(again, environment: environment).wait().status == 0)
    let last = try scratch.data("kugel/last")
    #expect(last.count == 4096 + (try toneBytes("Hello").count))
    #expect(last.dropFirst(4096) == (try toneBytes("Hello")))
  }

  @Test func `a detached speaker waits by itself`() throws {
    let first = try session()
    first.write("/send One\n/wait 0ms\n/status\n")
    #expect(first.says("status"))
    let detach = ["say", "-e", "tone", "-a", "null", "--detach"]
    let started = try Running(detach + ["Two"], environment: environment).wait()
    #expect(started.status == 0 && started.talk == "")
    let id = String(decoding: started.output, as: UTF8.self).filter(\.isNumber)
    #expect(try rows(2)[1].contains("\"id\":\(id),"))
    #expect(try Running(["skip", id], environment: environment).wait().status == 0)
    #expect(try rows(1)[0].contains("speaking"))
    // What goes wrong before it waits is told here.
    let wrong = try Running(
      ["say", "-e", "tone", "-a", "no such device", "--detach", "--queue", "fail", "Two"],
      environment: environment
    ).wait()
    #expect(wrong.status == 75 && wrong.talk.contains("another kugel plays"), "\(wrong.talk)")
    let typed = try Running(detach + ["-o", "-", "Two"], environment: environment).wait()
    #expect(typed.status == 64)
    first.closeInput()
    #expect(first.wait().status == 0)
  }

  @Test
  func `what an agent tells its hook stands in the queue as what is said; nothing to say does not`()
    throws
  {
    let first = try session()
    first.write("/send One\n/wait 0ms\n/status\n")
    #expect(first.says("status"))
    let hook = [
      "say", "-e", "tone", "-a", "null", "--input", "hook", "--detach", "--from", "codex",
    ]
    let turn = { (message: String) -> String in
      #"{"type":"agent-turn-complete","last-assistant-message":\#(message)}"#
    }
    let waiting = try Running(hook + [turn(#""All *done*.""#)], environment: environment).wait()
    #expect(waiting.status == 0 && waiting.talk == "")
    let id = String(decoding: waiting.output, as: UTF8.self).filter(\.isNumber)
    // Nothing newer is there to be said, and what waits stays.
    for input in [
      turn("null"), #"{"hook_event_name":"SubagentStop","last_assistant_message":"x"}"#,
    ] {
      let none = try Running(hook + ["--replace"], environment: environment)
      none.write(input)
      none.closeInput()
      let result = none.wait()
      #expect(result.status == 0 && result.output.isEmpty && result.talk == "", "\(result.talk)")
    }
    let listed = try rows(2)
    #expect(listed[1].contains("\"id\":\(id),") && listed[1].contains("\"text\":\"All *done*.\""))
    #expect(listed[1].contains("\"chars\":11"))
    // What is no object is told to whoever called.
    let wrong = try Running(hook + ["-q", "Done"], environment: environment).wait()
    #expect(wrong.status == 65 && wrong.talk.contains("no object of an agent's hook"))
    #expect(try Running(["skip", id], environment: environment).wait().status == 0)
    _ = try rows(1)
    first.closeInput()
    #expect(first.wait().status == 0)
  }

  @Test(.enabled(if: getuid() == 0, "only root can be two others"))
  func `two users do not hear of each other`() throws {
    // Nobody has such numbers.
    let users = [0, 1].map { 1_100_000_000 + Int(getpid()) * 2 + $0 }
    defer {
      for user in users { try? FileManager.default.removeItem(atPath: "/tmp/kugel-\(user)") }
    }
    var environment = environment
    environment["XDG_RUNTIME_DIR"] = nil
    environment["HOME"] = "/nowhere"
    let start = { [environment] (user: Int, folder: String?, words: [String]) in
      try Running(
        words,
        environment: environment.merging(folder.map { ["XDG_RUNTIME_DIR": $0] } ?? [:]) { $1 },
        by: ["/usr/bin/setpriv", "--reuid=\(users[user])", "--clear-groups"])
    }
    let first = try start(0, nil, ["session", "-e", "tone", "-a", "null"])
    first.write("/send One\n/wait 0ms\n/status\n")
    #expect(first.says("status"))
    // Nor does who points at the other's folder.
    let shared = scratch.path("shared")
    try FileManager.default.createDirectory(
      atPath: shared, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o777])
    try FileManager.default.createSymbolicLink(
      atPath: shared + "/kugel", withDestinationPath: "/tmp/kugel-\(users[0])")
    for folder in [nil, shared] {
      let queue = try start(1, folder, ["queue", "--json"]).wait()
      #expect(queue.status == 0 && String(decoding: queue.output, as: UTF8.self) == "[]\n")
      let skip = try start(1, folder, ["skip"]).wait()
      #expect(skip.status == 1 && skip.talk == "kugel: nobody speaks\n", "\(skip.talk)")
      let say = ["say", "-e", "tone", "-a", "null", "--queue", "fail", "Hi"]
      #expect(try start(1, folder, say).wait().status == 0)
      _ = try start(1, folder, ["stop", "--all"]).wait()
    }
    let own = try start(0, nil, ["queue", "--json"]).wait()
    #expect(String(decoding: own.output, as: UTF8.self).contains("\"state\":\"speaking\""))
    first.write("/end\n/wait heard\n")
    #expect(first.says("turn 1 heard"))
    first.closeInput()
    #expect(first.wait().status == 0)
  }

  @Test func `a bus of the session that is not there is nobody's trouble`() throws {
    var environment = environment
    environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nowhere/bus"
    let say = ["say", "-V", "-e", "tone", "-a", "null", "Hello"]
    let result = try Running(say, environment: environment).wait()
    #expect(result.status == 0 && !result.talk.contains("bus"), "\(result.talk)")
  }

  @Test func `who replaces has to have a name`() throws {
    let result = try Program.run("say", "-e", "tone", "-a", "null", "--replace", "Hi")
    #expect(result.status == 64 && result.talk.contains("--from"))
  }

  @Test func `a crashed process leaves nothing that others wait for`() throws {
    let first = try session()
    first.write("/send One\n/wait 0ms\n/status\n")
    #expect(first.says("status"))
    first.send(SIGKILL)
    _ = first.wait()
    let second = try session("--queue", "fail")
    second.write("Two.\n\n")
    second.closeInput()
    #expect(second.wait().status == 0)
    #expect(try Running(["stop", "--all"], environment: environment).wait().status == 0)
    #expect(try sockets() == [])
  }
}
