import Testing

@testable import KugelTransport

@Suite struct UnreadBytesTests {
  private func bytes(_ unread: UnreadBytes) -> [UInt8] {
    unsafe unread.withUnsafeBytes { unsafe Array($0) }
  }

  @Test func `what was used is gone, the rest stays in order`() {
    var unread = UnreadBytes()
    #expect(unread.isEmpty)
    unread.append(contentsOf: [1, 2, 3, 4, 5])
    unread.use(2, before: UnreadBytes())
    #expect(bytes(unread) == [3, 4, 5])
    unread.append(contentsOf: [6])
    unread.use(1, before: UnreadBytes())
    #expect(bytes(unread) == [4, 5, 6])
  }

  @Test(arguments: [0, 1, 3, 4]) func `what came later follows what is left`(_ used: Int) {
    var unread = UnreadBytes()
    unread.append(contentsOf: [0, 1, 2, 3, 4])
    unread.use(1, before: UnreadBytes())
    var later = UnreadBytes()
    later.append(contentsOf: [9, 5, 6])
    later.use(1, before: UnreadBytes())
    unread.use(used, before: later)
    #expect(bytes(unread) == Array([1, 2, 3, 4, 5, 6][used...]))
    #expect(!unread.isEmpty)
  }
}
