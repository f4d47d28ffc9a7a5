import Glibc
import KugelSystem
import Testing

@testable import KugelStudio

@Suite(.enabled(if: WordListener.isThere), .serialized) struct WordListenerTests {
  /// Descriptors of this process that lead to what swallows all.
  private var openNulls: Int {
    (0..<256).count { number in
      var (here, null) = (stat(), stat())
      guard unsafe fstat(CInt(number), &here) == 0 else { return false }
      guard unsafe stat("/dev/null", &null) == 0 else { return false }
      return here.st_rdev == null.st_rdev && here.st_ino == null.st_ino
    }
  }

  /// The library keeps one file for what it tells, for the whole process, and closes it when another decoder
  /// names one: while others write to it.
  @Test func `a listener opens no file that others would close`() throws {
    let before = openNulls
    let listener = try #require(WordListener())
    #expect(listener.knows("house") && !listener.knows("hous"))
    #expect(openNulls == before)
  }

  @Test func `several may begin at the same time`() throws {
    let threads = try (0..<4).map { _ in
      try Thread(name: "listening") {
        let listener = WordListener()
        #expect(
          listener?.count(of: ["house"], in: [Int16](repeating: 0, count: 8000), rate: 16_000) == 0)
      }
    }
    for thread in threads { thread.join() }
  }
}
