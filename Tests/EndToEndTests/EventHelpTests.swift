import Foundation
import Testing

@Suite struct EventHelpTests {
  private struct Schema: Decodable {
    struct Event: Decodable {
      struct Member: Decodable {}
      var properties: [String: Member]
    }
    var events: [String: Event]
    enum CodingKeys: String, CodingKey { case events = "$defs" }
  }

  private static func schema() throws -> Schema {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = tests.appendingPathComponent("Schemas/events.schema.json")
    return try JSONDecoder().decode(Schema.self, from: Data(contentsOf: file))
  }

  @Test func `the help names every event of the schema with all its members, and no other`() throws
  {
    let help = String(decoding: try Program.run("help", "events").output, as: UTF8.self)
    let lines = help.split(separator: "\n").map(String.init)
    var told: [String: String] = [:]
    var name = ""
    // Behind the table stands what all events have.
    let end = lines.firstIndex { $0.hasPrefix("Every line") } ?? lines.endIndex
    for line in lines[..<end].dropFirst() {
      if line.hasPrefix("  "), !line.hasPrefix("   ") {
        name = String(line.dropFirst(2).prefix { $0 != " " })
      }
      told[name, default: ""] += line + " "
    }
    let common = lines[end...].joined(separator: " ")
    let events = try Self.schema().events
    #expect(Set(told.keys) == Set(events.keys))
    for (event, shape) in events {
      let words = (common + " " + (told[event] ?? ""))
        .split { !$0.isLetter && $0 != "_" }.map(String.init)
      // `item` is kept for piles of files.
      for member in shape.properties.keys where member != "item" {
        #expect(words.contains(member), "\(event): \(member)")
      }
    }
  }
}
