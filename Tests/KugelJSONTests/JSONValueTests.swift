import Testing

@testable import KugelJSON

@Suite struct JSONValueTests {
  private func value(_ json: String) -> JSONValue? { JSONValue(Array(json.utf8)) }

  /// Source: RFC 8259; the kinds of case are those of JSONTestSuite (N. Seriot).
  @Test(arguments: [
    "{}", "[]", "null", "true", "false", "0", #""""#, " \t\r\n[ ] \n", #"{"a":null}"#, #"{"":0}"#,
    "-0", "[[[{}]]]", "1E+9", "-1.5e-3", "0.1", "10", "123456789012345678901234567890",
    #""\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00""#, "\"\u{7F}\u{2028}é€😀\"", "[1\n,\n2]", "\u{FEFF}{}",
    #""\ud800""#, #"{"a":1,"a":2}"#, #""\u0000""#,
  ])
  func `what is JSON is read`(json: String) { #expect(value(json) != nil) }

  @Test(arguments: [
    "", " ", "\u{FEFF}", "{", "}", "[", "]", "{}{}", "{} x", "{,}", "[,]", #"{"a"}"#, #"{"a":}"#,
    #"{"a":1,}"#, "[1,]", #"{"a":1 "b":2}"#, "{a:1}", "{1:1}", "{'a':1}", "01", "-01", "1.", ".1",
    "+1", "1e", "1e+", "-", "1.e3", "0x1", "1_000", "nul", "nulll", "True", "NaN", "Infinity",
    "-Infinity", "[1 2]", #""\x""#, #""\u12g4""#, #""\u12""#, #""\u""#, "\"\n\"", "\"\t\"",
    "\"\u{0}\"", "\"\u{1F}\"", #""b"#, #""b\""#, "]", #"{"a":[}"#, "1/*c*/", "//c\n1", "[1}",
    "1\u{0}", "\u{A0}1", "[1],", #"{"a":1}}"#, "\u{FEFF}\u{FEFF}1", "'a'", "undefined", "١",
  ])
  func `what is none is not`(json: String) { #expect(value(json) == nil) }

  @Test func `a text is whole only with its last byte`() {
    let json = Array(#"{"a":["é\n\ud83d\ude00",-1.5e3,true,null,{"b":false}]}"#.utf8)
    for end in json.indices { #expect(JSONValue(Array(json[..<end])) == nil, "\(end)") }
    #expect(JSONValue(json) != nil)
  }

  @Test func `each kind is read as itself and as no other`() throws {
    let kinds: [(json: String, kind: JSONValue.Kind)] = [
      ("null", .null), ("true", .boolean), ("false", .boolean), ("-1", .number), (#""1""#, .string),
      ("[]", .array), ("{}", .object),
    ]
    for (json, kind) in kinds {
      let found = try #require(value(json))
      #expect(found.kind == kind)
      #expect((found.boolean != nil) == (kind == .boolean), "\(json)")
      #expect((found.number() as Double? != nil) == (kind == .number), "\(json)")
      #expect((found.integer() as Int? != nil) == (kind == .number), "\(json)")
      #expect((found.string != nil) == (kind == .string), "\(json)")
      #expect((found.elements != nil) == (kind == .array), "\(json)")
      #expect((found.object != nil) == (kind == .object), "\(json)")
    }
    #expect(value("true")?.boolean == true && value("false")?.boolean == false)
  }

  @Test(arguments: [
    ("0", 0), ("-0", 0), ("-0.0", 0), ("0e5", 0), ("0.00e-2", 0), ("1.0", 1), ("1.50e1", 15),
    ("1e2", 100), ("1200e-2", 12), ("-20", -20), ("9223372036854775807", Int.max),
    ("9223372036854775807.0", Int.max), ("-9223372036854775808", Int.min),
    ("1000000000000000000000e-21", 1), ("9007199254740993", 9_007_199_254_740_993),
    ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1.5", nil), ("1e-1", nil),
    ("1e19", nil), ("1e999", nil), ("1e99999999999999999999", nil),
    ("1e-99999999999999999999", nil),
  ])
  func `an integer is exactly what is written`(json: String, integer: Int?) throws {
    #expect(try #require(value(json)).integer() == integer)
  }

  @Test func `a number that does not fit is none`() throws {
    #expect(try #require(value("255")).integer(as: UInt8.self) == 255)
    #expect(try #require(value("256")).integer(as: UInt8.self) == nil)
    #expect(try #require(value("-1")).integer(as: UInt8.self) == nil)
    #expect(try #require(value("-128")).integer(as: Int8.self) == -128)
    #expect(try #require(value("18446744073709551615")).integer(as: UInt64.self) == .max)
    #expect(try #require(value("1e999")).number(as: Double.self) == nil)
    #expect(try #require(value("1e39")).number(as: Float.self) == nil)
    #expect(try #require(value("1e39")).number(as: Double.self) == 1e39)
    #expect(try #require(value("1E-999")).number() as Double? == nil)
    #expect(try #require(value("-0.0e-999")).number() == 0.0)
    #expect(try #require(value("-0.5e1")).number() == -5.0)
  }

  @Test(arguments: [
    (#""""#, ""), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9é\u20AC""#, "éé€"),
    (#""\ud83d\ude00\uD83D\uDE00""#, "😀😀"), (#""a\u0000b""#, "a\0b"),
    (#""\ud83d""#, "\u{FFFD}"), (#""\ude00\ud83d""#, "\u{FFFD}\u{FFFD}"),
    (#""\ud83d\ud83d\ude00!""#, "\u{FFFD}😀!"), (#""\ud83dx\ude00""#, "\u{FFFD}x\u{FFFD}"),
    (#""\uFEFF\uFFFF""#, "\u{FEFF}\u{FFFF}"),
  ])
  func `strings are unescaped, and half a letter is told as one`(json: String, text: String) throws
  {
    let string = try #require(value(json)?.string)
    #expect(string.unicodeScalars.elementsEqual(text.unicodeScalars))
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
      [0x5C, 0x6E, 0x80],
    ] as [[UInt8]])
  func `what is not UTF-8 is no string, and no name`(bytes: [UInt8]) throws {
    let quoted = [0x22] + bytes + [0x22]
    #expect(try #require(JSONValue(quoted)).string == nil)
    #expect(throws: JSONObjectError.notObject) {
      try JSONObject([0x7B] + quoted + Array(":1}".utf8))
    }
    let other = try JSONObject(Array("{\"a\":".utf8) + quoted + Array(",\"b\":1}".utf8))
    #expect(other["b"]?.integer() == 1)
  }

  @Test func `values within values go so deep and no deeper`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(value(nested(JSONScanner.deepest)) != nil)
    #expect(value(nested(JSONScanner.deepest + 1)) == nil)
    #expect(value(nested(1_000_000)) == nil)
  }
}

@Suite struct JSONObjectTests {
  private func object(_ json: String) throws -> JSONObject { try JSONObject(Array(json.utf8)) }

  @Test(arguments: ["[]", "1", "null", #""a""#, " true "])
  func `another value is no object`(json: String) {
    #expect(throws: JSONObjectError.notObject) { try object(json) }
  }

  @Test(arguments: ["", "{", "{} {}", #"{"a":1,}"#, "[1", "x"])
  func `what is no JSON is no object either`(json: String) {
    #expect(throws: JSONObjectError.notJSON) { try object(json) }
  }

  @Test func `members are found by their names, and of one name the first counts`() throws {
    let few = try object(#"{"b":1,"a":"x","b":2,"\u0061":3,"":4}"#)
    #expect(few.names == ["b", "a", ""])
    #expect(few["b"]?.integer() == 1 && few["a"]?.string == "x" && few[""]?.integer() == 4)
    #expect(few["c"] == nil)
    let many = (0..<40).map { "\"n\($0 % 30)\":\($0)" }.joined(separator: ",")
    let known = try object("{\(many)}")
    #expect(known.names == (0..<30).map { "n\($0)" })
    for place in 0..<30 { #expect(known["n\(place)"]?.integer() == place) }
    #expect(known["n30"] == nil)
  }
}
