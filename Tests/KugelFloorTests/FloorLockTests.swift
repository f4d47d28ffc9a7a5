import Glibc
import KugelQueue
import KugelSystem
import Testing

@testable import KugelFloor

/// A process that is suspended until the test lets go of it.
final class Sleeper {
  let process: pid_t

  init() throws {
    var arguments = unsafe [strdup("sleep"), strdup("600"), nil]
    defer { for index in 0..<2 { unsafe free(arguments[index]) } }
    var started: pid_t = 0
    let code = unsafe posix_spawnp(&started, "sleep", nil, nil, &arguments, environ)
    guard code == 0 else { throw SystemError(code: code, call: "posix_spawn") }
    process = started
    kill(process, SIGSTOP)
    while ProcessState(of: process) != .suspended { usleep(1000) }
  }

  deinit {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }
}

@Suite struct FloorLockTests {
  private let bench: RuntimeBench
  private var path: String { bench.folder + "/speakers.lock" }

  init() throws { bench = try RuntimeBench() }

  @Test func `who holds it has signed it, and who left has not`() throws {
    let lock = FloorLock(in: bench.folder)
    #expect(lock.tryToTake() && lock.holder == getpid())
    lock.release()
    #expect(lock.holder == nil)
  }

  @Test func `a suspended holder is passed, once, and a working one never`() throws {
    let (first, second, third) = (
      FloorLock(in: bench.folder), FloorLock(in: bench.folder), FloorLock(in: bench.folder)
    )
    #expect(first.tryToTake())
    #expect(second.passSuspended() == nil && !second.tryToTake())
    let sleeper = try Sleeper()
    try SmallFile.replace(path + ".new", with: "\(sleeper.process)\n")
    // As if the sleeper had signed: the lock itself stays with the open file.
    let descriptor = try Descriptor.open(path, O_WRONLY | O_TRUNC)
    try Descriptor.writeAll("\(sleeper.process)\n", to: descriptor)
    close(descriptor)
    unsafe unlink(path + ".new")
    #expect(second.passSuspended() == sleeper.process)
    #expect(second.tryToTake())
    #expect(third.passSuspended() == nil && !third.tryToTake())
    // What the old one does now changes nothing for the others.
    first.release()
    #expect(!third.tryToTake() && second.holder == getpid())
    second.release()
    #expect(third.tryToTake())
  }

  @Test func `whoever waits says for whom, and that it goes on`() throws {
    let first = try SpeechFloor(folder: bench.folder, kind: .speakers, name: "1", stop: {})
    let second = try SpeechFloor(folder: bench.folder, kind: .speakers, name: "2", stop: {})
    #expect(first.enter(.wait) { _ in true } == .granted)
    let sleeper = try Sleeper()
    var told: [FloorNotice] = []
    let entry = second.enter(.wait) { notice in
      told.append(notice)
    } isGivenUp: { _ in
      if told.count == 1, let descriptor = try? Descriptor.open(path, O_WRONLY | O_TRUNC) {
        try? Descriptor.writeAll("\(sleeper.process)\n", to: descriptor)
        close(descriptor)
      }
      usleep(5000)
      return false
    }
    #expect(entry == .granted)
    #expect(told == [.waiting(for: getpid(), source: nil), .passing(sleeper.process)])
    first.leave()
    second.leave()
  }

  @Test func `whoever waits says so anew when it is for another`() throws {
    let floors = try ["1", "2", "3"].map {
      try SpeechFloor(folder: bench.folder, kind: .speakers, name: $0, stop: {})
    }
    let wish = { (source: String) in
      var wish = QueueWish()
      wish.source = source
      return wish
    }
    #expect(floors[0].enter(.wait, wish("a")) { _ in true } == .granted)
    var told: [FloorNotice] = []
    let entry = floors[2].enter(.wait, wish("c")) {
      told.append($0)
    } isGivenUp: { _ in
      if told.count == 1 {
        floors[0].yield()
        if floors[1].place.item == nil { floors[1].mix(wish("b")) }
        _ = floors[1].take()
      }
      usleep(1000)
      return told.count == 2
    }
    #expect(entry == .givenUp)
    #expect(
      told == [
        .waiting(for: getpid(), source: "a"), .waiting(for: getpid(), source: "b"),
      ])
    for floor in floors { floor.leave() }
  }

  @Test func `what processes do`() throws {
    #expect(ProcessState(of: getpid()) == .running)
    let sleeper = try Sleeper()
    #expect(ProcessState(of: sleeper.process) == .suspended)
    kill(sleeper.process, SIGCONT)
    while ProcessState(of: sleeper.process) == .suspended { usleep(1000) }
    #expect(ProcessState(of: sleeper.process) == .running)
    kill(sleeper.process, SIGKILL)
    while ProcessState(of: sleeper.process) == .running { usleep(1000) }
    #expect(ProcessState(of: sleeper.process) == .gone)
  }

  @Test func `a folder of somebody else's is told as what it is`() throws {
    let name = "kugel-\(getuid())"
    unsafe mkdir(bench.folder + "/" + name, 0o755)
    defer { unsafe rmdir(bench.folder + "/" + name) }
    do throws(FloorError) {
      _ = try RuntimeFolder.path(variable: { _ in nil }, common: bench.folder)
      Issue.record("others can enter it")
    } catch {
      #expect(error.cause == "\(bench.folder)/\(name) is not for us alone")
    }
  }
}
