import Glibc
import KugelSystem
import Testing

@testable import KugelFloor

/// A folder that nobody else can enter, gone after the test.
final class RuntimeBench {
  let folder: String

  init() throws {
    var template = Array("/tmp/kugel-test-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw SystemError(code: errno, call: "mkdtemp")
    }
    folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    for name in names { unsafe unlink("\(folder)/\(name)") }
    unsafe rmdir(folder)
  }

  var names: [String] {
    guard let directory = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}

@Suite struct SpeechFloorTests {
  @Test func `one at a time, and the next when the first has left`() throws {
    let bench = try RuntimeBench()
    let first = try SpeechFloor(folder: bench.folder, kind: .speakers, name: "1", stop: {})
    let second = try SpeechFloor(folder: bench.folder, kind: .speakers, name: "2", stop: {})
    #expect(first.enter(.wait) { _ in true } == .granted)
    #expect(second.enter(.fail) { _ in true } == .taken)
    #expect(second.enter(.mix) { _ in true } == .granted)
    var asked = 0
    let entry = second.enter(.wait) { _ in
      asked += 1
      if asked == 3 { first.leave() }
      return asked > 10
    }
    #expect(entry == .granted)
    #expect(asked == 3)
    second.leave()
  }

  @Test func `waiting can be given up`() throws {
    let bench = try RuntimeBench()
    let first = try SpeechFloor(folder: bench.folder, kind: .speakers, name: "1", stop: {})
    let second = try SpeechFloor(folder: bench.folder, kind: .speakers, name: "2", stop: {})
    #expect(first.enter(.wait) { _ in true } == .granted)
    #expect(second.enter(.wait) { _ in true } == .givenUp)
    first.leave()
    second.leave()
  }

  @Test func `replacing tells the others, and not oneself`() throws {
    let bench = try RuntimeBench()
    let told = Monitor<[Int]>([])
    let first = try SpeechFloor(folder: bench.folder, kind: .speakers, name: "1") {
      told.change { $0.append(1) }
    }
    let second = try SpeechFloor(folder: bench.folder, kind: .speakers, name: "2") {
      told.change { $0.append(2) }
    }
    #expect(first.enter(.wait) { _ in true } == .granted)
    let entry = second.enter(.replace) { _ in
      told.wait { $0.isEmpty ? nil : () }
      first.leave()
      return false
    }
    #expect(entry == .granted)
    #expect(told.withLock { $0 } == [1])
    second.leave()
  }

  @Test func `stop reaches the speakers, and files only when they are meant`() throws {
    let bench = try RuntimeBench()
    let told = Monitor<[String]>([])
    let player = try SpeechFloor(folder: bench.folder, kind: .speakers, name: "1") {
      told.change { $0.append("speakers") }
    }
    let writer = try SpeechFloor(folder: bench.folder, kind: .files, name: "2") {
      told.change { $0.append("files") }
    }
    #expect(FloorPeers.stop(in: bench.folder, kinds: [.speakers], patience: .zero) == 1)
    told.wait { $0 == ["speakers"] ? () : nil }
    #expect(
      FloorPeers.stop(in: bench.folder, kinds: SpeechFloor.Kind.allCases, patience: .zero) == 2)
    told.wait { $0.count == 3 ? () : nil }
    player.leave()
    writer.leave()
    #expect(bench.names == ["speakers.lock"])
    #expect(FloorPeers.stop(in: bench.folder, kinds: SpeechFloor.Kind.allCases) == 0)
  }

  @Test func `what a crashed process left behind is cleared away`() throws {
    let bench = try RuntimeBench()
    let path = bench.folder + "/speakers-9.sock"
    let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) {
      unsafe $0.copyBytes(from: Array(path.utf8))
    }
    let bound = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe bind(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(bound == 0)
    close(descriptor)
    #expect(FloorPeers.stop(in: bench.folder, kinds: [.speakers]) == 0)
    #expect(bench.names == [])
  }

  @Test func `a folder that others can enter, or that is a link, is not ours`() throws {
    let bench = try RuntimeBench()
    #expect(RuntimeFolder.isOurs(bench.folder))
    unsafe chmod(bench.folder, 0o755)
    #expect(!RuntimeFolder.isOurs(bench.folder))
    unsafe chmod(bench.folder, 0o700)
    let link = bench.folder + "/link"
    let linked = unsafe symlink(bench.folder, link)
    #expect(linked == 0)
    #expect(!RuntimeFolder.isOurs(link))
    #expect(
      try RuntimeFolder.path { $0 == "XDG_RUNTIME_DIR" ? bench.folder : nil }
        == bench.folder + "/kugel")
    unsafe rmdir(bench.folder + "/kugel")
  }
}
