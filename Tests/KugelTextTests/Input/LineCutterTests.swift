import Testing

@testable import KugelText

@Suite struct LineCutterTests {
  @Test func `lines come out of pieces whole`() {
    var cutter = LineCutter(limit: 8)
    #expect(cutter.append("on") == [])
    #expect(cutter.append("e\r\n\ntwo\nthr") == [.text("one"), .text(""), .text("two")])
    #expect(cutter.append("ee, much too long") == [])
    #expect(cutter.append("\nfour") == [.tooLong])
    #expect(cutter.finish() == .text("four"))
    #expect(cutter.finish() == nil)
  }
}
