import KugelJSON
import KugelWire
import TestSupport
import Testing

@testable import KugelStreams

@Suite struct StreamObjectTests {
  private func parsed(_ json: String) -> StreamObject? { StreamObject(Array(json.utf8)) }

  /// Source: RFC 8259; the kinds of case are those of JSONTestSuite (N. Seriot).
  @Test(arguments: [
    "{}", " \t\r\n{ } \n", #"{"a":null}"#, #"{"a":true,"b":false}"#, #"{"":0}"#, #"{"a":-0}"#,
    #"{"a":[]}"#, #"{"a":[[[{}]]]}"#, #"{"a":1E+9,"b":-1.5e-3,"c":0.1,"d":10}"#,
    #"{"a":"\"\\\/\b\f\n\r\t\u00e9"}"#, "{\"a\":\"\u{7F}\u{2028}é€😀\"}",
    "{\"a\"\n:\n1\n,\n\"b\":2}",
    "\u{FEFF}{}", #"{"a":"\ud800"}"#,
  ])
  func `what is JSON is read`(json: String) { #expect(parsed(json) != nil) }

  @Test(arguments: [
    "", " ", "{", "}", "[]", "null", "1", #""a""#, "{}{}", "{} x", "{,}", #"{"a"}"#, #"{"a":}"#,
    #"{"a":1,}"#, #"{"a":1 "b":2}"#, #"{a:1}"#, "{'a':1}", #"{"a":01}"#, #"{"a":1.}"#,
    #"{"a":.1}"#, #"{"a":+1}"#, #"{"a":1e}"#, #"{"a":-}"#, #"{"a":nul}"#, #"{"a":True}"#,
    #"{"a":NaN}"#, #"{"a":[1,]}"#, #"{"a":[1 2]}"#, #"{"a":"\x"}"#, #"{"a":"\u12g4"}"#,
    #"{"a":"\u12"}"#, "{\"a\":\"\n\"}", "{\"a\":\"\t\"}", #"{"a":"b}"#, #"{"a":"b\"}"#, #"{"a":]}"#,
    #"{"a":[}"#, #"{"a":1/*c*/}"#,
  ])
  func `what is none is not`(json: String) { #expect(parsed(json) == nil) }

  @Test func `members are read by their kind`() throws {
    let object = try #require(
      parsed(
        #"{"s":"é\n\ud83d\ude00","e":"","n":null,"i":7,"d":2.5,"t":true,"f":false,"o":{"s":"x"},"l":[{"s":"1"},2,{"s":"3"}],"w":["a",1,"b"],"\u0061b":"c","big":1e999}"#
      ))
    #expect(object.text("s") == "é\n😀")
    #expect(object.text("e") == nil)
    #expect(object.text("i") == nil)
    #expect(object.text("missing") == nil)
    #expect(object.text("ab") == "c")
    #expect(!object.has("n") && !object.has("missing") && object.has("f"))
    #expect(object.count("i") == 7)
    #expect(object.count("d") == 3)
    #expect(object.count("s") == nil)
    #expect(object.count("big") == nil)
    #expect(object.number("d") == 2.5)
    #expect(object.isTrue("t") && !object.isTrue("f") && !object.isTrue("s"))
    #expect(object.object("o")?.text("s") == "x")
    #expect(object.object("l") == nil)
    #expect(object.objects("l").map { $0.text("s") } == ["1", "3"])
    #expect(object.texts("w") == ["a", "b"])
    #expect(object.size == 12)
  }

  @Test func `of members of one name the last counts`() {
    #expect(parsed(#"{"a":"1","a":"2"}"#)?.text("a") == "2")
  }

  @Test func `values within values go so deep and no deeper`() {
    func nested(_ depth: Int) -> String {
      "{\"a\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
    }
    #expect(parsed(nested(JSONScanner.deepest - 1)) != nil)
    #expect(parsed(nested(JSONScanner.deepest)) == nil)
    #expect(parsed(nested(1_000_000)) == nil)
  }

  @Test func `halves of a letter are joined over texts, and no other way`() throws {
    var joiner = SplitSurrogates.Joiner()
    let texts = try [
      #"a\ud83d"#, #"\ude00b\ude00"#, #"\ud83dc"#, #"\ud83d\ud83d"#, #"\ude00"#, "d",
    ]
    .map { try #require(parsed("{\"s\":\"\($0)\"}")?.text("s")) }
    #expect(
      texts.map { joiner.join($0) } == [
        "a", "😀b\u{FFFD}", "\u{FFFD}c", "\u{FFFD}", "😀", "d",
      ])
    #expect(joiner.finish() == nil)
    let marks = [0xFDD0, 0xFDD1, 0x78, 0xFDEF].compactMap { Unicode.Scalar($0 as UInt32) }
    let stray = String(String.UnicodeScalarView(marks))
    #expect(joiner.join(stray) == "\u{FFFD}\u{FFFD}x\u{FFFD}")
  }

  @Test func `fields of messages read the same`() throws {
    var generator = SeededGenerator(seed: 4)
    let seeds = [
      #"{"type":"a","delta":{"text":"é\n\u00e9\ud83d\ude00","n":[1,2.5,-3e2]},"ok":true,"no":null}"#,
      #"{"choices":[{"index":0,"delta":{"content":" wörd"}},{"index":1}],"usage":{"a":12}}"#,
    ]
    var read = 0
    for seed in seeds {
      for round in 0..<1500 {
        let json = round == 0 ? Array(seed.utf8) : generator.mutated(Array(seed.utf8))
        guard String(validating: json, as: UTF8.self) != nil, let object = StreamObject(json) else {
          continue
        }
        read += 1
        let known = try unsafe json.withUnsafeBufferPointer { unsafe try withWireObject($0) { $0 } }
        expectSame(object, known, String(decoding: json, as: UTF8.self))
      }
    }
    #expect(read > 300)
  }

  private func expectSame(_ object: StreamObject, _ known: WireFields, _ json: String) {
    // Of two members of one name either may count, and half a letter names nothing.
    for name in known.names
    where known.names.count == object.size && !name.unicodeScalars.contains("\u{FFFD}") {
      var joiner = SplitSurrogates.Joiner()
      let text = object.text(name).map { joiner.join($0) + (joiner.finish() ?? "") }
      let string = try? known.string(name)
      #expect(text == (string?.isEmpty == true ? nil : string), "\(name) of \(json)")
      #expect(object.has(name) == known.has(name), "\(name) of \(json)")
      if let number = object.number(name), number.isFinite {
        #expect((try? known.number(name)) == number, "\(name) of \(json)")
      }
      #expect(object.isTrue(name) == (try? known.flag(name)) ?? false, "\(name) of \(json)")
      if let inner = object.object(name), let other = try? known.object(name) {
        expectSame(inner, other, json)
      }
      let list = (try? known.objects(name)) ?? []
      if !list.isEmpty {
        for (one, other) in zip(object.objects(name), list) { expectSame(one, other, json) }
      }
    }
  }
}
