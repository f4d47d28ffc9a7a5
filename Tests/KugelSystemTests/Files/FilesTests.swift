import Glibc
import KugelSystem
import Synchronization
import Testing

/// A folder of one test's own.
private final class Bench {
  let path: String

  init() throws {
    var template = Array("/tmp/kugel-system-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw SystemError.latest }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in Folder.names(in: path) {
      unsafe unlink(file(name).nameBytes)
      unsafe rmdir(file(name).nameBytes)
    }
    unsafe rmdir(path)
  }

  func file(_ name: String) -> String { path + "/" + name }

  func pipe(_ name: String) -> String {
    unsafe mkfifo(file(name), 0o600)
    return file(name)
  }

  func write(_ text: String, to name: String) throws {
    try SmallFile.replace(file(name), with: text)
  }
}

@Suite struct SmallFileTests {
  private let bench: Bench

  init() throws { bench = try Bench() }

  @Test func `a file is read whole, and replaced whole`() throws {
    try bench.write("one", to: "a")
    #expect(try SmallFile.read(bench.file("a")) == Array("one".utf8))
    try bench.write("two", to: "a")
    #expect(try SmallFile.read(bench.file("a")) == Array("two".utf8))
    #expect(Folder.names(in: bench.path) == ["a"])
  }

  @Test func `one that is too large is an error, and one that is absent says so`() throws {
    try bench.write(String(repeating: "x", count: SmallFile.limit + 1), to: "a")
    #expect(throws: SystemError(code: EFBIG)) { _ = try SmallFile.read(bench.file("a")) }
    do throws(SystemError) {
      _ = try SmallFile.read(bench.file("b"))
      Issue.record("there is no such file")
    } catch {
      #expect(error.isAbsence && error.cause == "no such file or directory")
    }
  }

  @Test func `a pipe that nobody opens to write is an error, and no endless wait`() throws {
    let path = bench.pipe("p")
    #expect(throws: SystemError.noWriter) {
      _ = try SmallFile.read(path, patience: .milliseconds(60))
    }
    #expect(SystemError.noWriter.cause == "nobody writes into this pipe")
  }

  @Test func `a writer who takes time is waited for, and said to be`() throws {
    let path = bench.pipe("p")
    let isSlow = Mutex(false)
    let writer = try Thread(name: "writer") {
      let descriptor = unsafe open(path, O_WRONLY)
      while !isSlow.withLock({ $0 }) { usleep(1000) }
      try? Descriptor.writeAll("a ke", to: descriptor)
      try? Descriptor.writeAll("y", to: descriptor)
      close(descriptor)
    }
    let bytes = try SmallFile.read(path, patience: .milliseconds(100)) {
      isSlow.withLock { $0 = true }
    }
    writer.join()
    #expect(bytes == Array("a key".utf8))
  }

  @Test func `a writer that leaves without a word is the end`() throws {
    let path = bench.pipe("p")
    let writer = try Thread(name: "writer") { close(unsafe open(path, O_WRONLY)) }
    #expect(try SmallFile.read(path, patience: .seconds(60)) == [])
    writer.join()
  }
}

@Suite struct FolderTests {
  private let bench: Bench

  init() throws { bench = try Bench() }

  @Test func `a folder is made once, and a file in its place is an error`() throws {
    try Folder.make(bench.file("d"))
    try Folder.make(bench.file("d"))
    #expect(try FileStatus(of: bench.file("d")).kind == .directory)
    try bench.write("", to: "f")
    #expect(throws: SystemError(code: ENOTDIR)) { try Folder.make(bench.file("f")) }
    #expect(throws: SystemError(code: ENOENT)) { try Folder.make(bench.file("no/such")) }
  }

  @Test func `two names of one place are equal`() throws {
    try bench.write("x", to: "a")
    let linked = unsafe symlink(bench.file("a"), bench.file("link"))
    #expect(linked == 0)
    #expect(FilePlace(bench.file("a")) == FilePlace(bench.file("link")))
    #expect(FilePlace(bench.file("a")) == FilePlace(bench.file("./a")))
    #expect(FilePlace(bench.file("new")) == FilePlace(bench.file("./new")))
    #expect(FilePlace(bench.file("new")) != FilePlace(bench.file("newer")))
    #expect(FilePlace(bench.file("no/such/folder")) == nil)
  }
}
