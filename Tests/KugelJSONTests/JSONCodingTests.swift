import FoundationEssentials
import TestSupport
import Testing

@testable import KugelJSON

/// Foundation's coders are the measure: files and messages were theirs once.
@Suite struct JSONCodingTests {
  @Test func `Foundation reads the same`() {
    var generator = SeededGenerator(seed: 4)
    let seeds = [
      #"{"type":"a","delta":{"text":"é\n\u00e9\ud83d\ude00","n":[1,2.5,-3e2]},"ok":true,"no":null}"#,
      #"[{"a":[[],{}]},"",0,-0.0,12345678901234567890,1e300,[false,{"b":{"c":[null]}}]]"#,
      #" { "long" : 9007199254740993, "exact":1200e-2, "":"\"\\\/\b\f\r\t" } "#,
    ]
    var read = 0
    for seed in seeds {
      for round in 0..<1500 {
        let json = round == 0 ? Array(seed.utf8) : generator.mutated(Array(seed.utf8))
        guard String(validating: json, as: UTF8.self) != nil,
          !String(decoding: json, as: UTF8.self).lowercased().contains("\\ud"),
          let ours = try? JSONReader().read(JSONTree.self, from: json)
        else { continue }
        read += 1
        let theirs = try? JSONDecoder().decode(JSONTree.self, from: Data(json))
        #expect(ours == theirs, "\(String(decoding: json, as: UTF8.self))")
      }
    }
    #expect(read > 300)
  }

  private struct Sample: Codable, Equatable {
    enum Kind: String, Codable {
      case first
      case other = "the other"
    }
    struct Part: Codable, Equatable {
      var wordCount: Int?
      var p50 = 0.1
    }

    var zeta = 1.0
    var atOnce = 1e21
    var small = 1e-7
    var short: Float = 0.1
    var negativeZero = -0.0
    var exact = 12345.678
    var large = Int64.min
    var byte: UInt8 = 255
    var text = "a/b\u{7F}\u{1}\u{1F}\n\t\r\u{8}\u{C}\"\\é\u{2028}😀"
    var absent: String?
    var isTrue = true
    var list: [Int] = []
    var lists = [[1, 2], []]
    var gaps: [Int?] = [1, nil]
    var table = ["b": 1, "B": 2, "a10": 3, "a9": 4]
    var empty: [String: Int] = [:]
    var kinds = [Kind.first, .other]
    var parts = [Part(wordCount: 3), Part()]
  }

  @Test func `Foundation writes the same, byte by byte`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    let same = try JSONPrinter().print(Sample())
    #expect(
      String(decoding: same, as: UTF8.self)
        == String(decoding: try encoder.encode(Sample()), as: UTF8.self))
    #expect(try JSONReader().read(Sample.self, from: same) == Sample())
    encoder.keyEncodingStrategy = .convertToSnakeCase
    var sample = Sample()
    // Names in a table are changed here and kept there; no file has one.
    sample.table = ["a": 1]
    let snake = try JSONPrinter(names: .snake).print(sample)
    #expect(
      String(decoding: snake, as: UTF8.self)
        == String(decoding: try encoder.encode(sample), as: UTF8.self))
    #expect(try JSONReader(names: .snake).read(Sample.self, from: snake) == sample)
  }

  @Test func `what JSON does not have is not written`() {
    for number in [Double.infinity, -.infinity, .nan] {
      #expect(throws: EncodingError.self) { try JSONPrinter().print([number]) }
    }
  }

  @Test(arguments: [
    (#"{"parts":[{"words":1},{"words":"x"}]}"#, "mismatch at parts/Index 1/words"),
    (#"{"parts":[{"words":1},{"words":null}]}"#, "null at parts/Index 1/words"),
    (#"{"parts":[{"words":1},{"words":1.5}]}"#, "unfit at parts/Index 1/words"),
    (#"{"parts":[{}]}"#, "no words in parts/Index 0"), (#"{"parts":{}}"#, "mismatch at parts"),
    (#"{"parts":[1]}"#, "mismatch at parts/Index 0"), ("[]", "mismatch at "), ("{", "unfit at "),
    (#"{"parts":null}"#, "null at parts"), (#"{"parts":[]}"#, "read"),
  ])
  func `an error says where`(json: String, words: String) {
    struct Whole: Decodable {
      struct Part: Decodable { var words: Int }
      var parts: [Part]
    }
    let path = { (context: DecodingError.Context) in
      context.codingPath.map(\.stringValue).joined(separator: "/")
    }
    let found: String
    do {
      _ = try JSONReader().read(Whole.self, from: Array(json.utf8))
      found = "read"
    } catch DecodingError.typeMismatch(_, let context) {
      found = "mismatch at \(path(context))"
    } catch DecodingError.valueNotFound(_, let context) {
      found = "null at \(path(context))"
    } catch DecodingError.dataCorrupted(let context) {
      found = "unfit at \(path(context))"
    } catch DecodingError.keyNotFound(let key, let context) {
      found = "no \(key.stringValue) in \(path(context))"
    } catch {
      found = "\(error)"
    }
    #expect(found == words)
  }

  private class Base: Codable {
    var one = 1
  }

  private final class Derived: Base {
    var two = [2]
    var nested = ["a": ["b"]]

    override init() { super.init() }

    private enum Names: CodingKey { case two, nested, a }

    required init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: Names.self)
      var list = try members.nestedUnkeyedContainer(forKey: .two)
      two = [try list.decode(Int.self)]
      #expect(list.isAtEnd && list.currentIndex == 1 && list.count == 1)
      #expect(throws: DecodingError.self) { try list.decode(Int.self) }
      let table = try members.nestedContainer(keyedBy: Names.self, forKey: .nested)
      nested = ["a": try table.decode([String].self, forKey: .a)]
      try super.init(from: members.superDecoder())
    }

    override func encode(to encoder: any Encoder) throws {
      var members = encoder.container(keyedBy: Names.self)
      var list = members.nestedUnkeyedContainer(forKey: .two)
      for number in two { try list.encode(number) }
      var table = members.nestedContainer(keyedBy: Names.self, forKey: .nested)
      try table.encode(nested["a"], forKey: .a)
      try super.encode(to: members.superEncoder())
    }
  }

  @Test func `containers within containers, and superclasses`() throws {
    let json = try JSONPrinter().print(Derived())
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    #expect(json == Array(try encoder.encode(Derived())))
    let read = try JSONReader().read(Derived.self, from: json)
    #expect(read.one == 1 && read.two == [2] && read.nested == ["a": ["b"]])
  }
}
