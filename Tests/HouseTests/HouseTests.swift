import Foundation
import Testing

/// What `Sources/README.md` says of the house is what the package says.
@Suite struct HouseTests {
  let house: House
  let map: String

  init() throws {
    house = try House()
    map = try House.text("Sources/README.md")
  }

  @Test func `the picture has every module, and every arrow of the package`() {
    let arrows = House.arrows(ofPicture: map)
    #expect(house.modules.count > 10)
    #expect(Set(arrows.keys) == Set(house.modules.keys))
    for (module, uses) in house.modules {
      #expect(arrows[module] == uses, "the picture of \(module)")
    }
  }

  @Test func `a pure module uses no module that is not, and no library of the system`() throws {
    let pure = try pureModules()
    #expect(pure.count >= 6)
    for module in pure {
      // CBase64 is ours and as pure as they are.
      let others = (house.modules[module] ?? []).subtracting(pure).subtracting(["CBase64"])
      #expect(others.isEmpty, "\(module) uses \(others)")
      for file in try House.swiftFiles(below: "Sources/\(module)") {
        let imported = file.text.matches(of: #/(?m)^import (\w+)$/#).map { String($0.1) }
        #expect(!imported.contains { $0 == "Glibc" || $0 == "Dispatch" }, "\(file.path)")
        #expect(
          imported.allSatisfy { !$0.contains(#/^C[A-Z]/#) || $0 == "CBase64" }, "\(file.path)")
      }
    }
  }

  @Test func `no module has grown out of hand`() throws {
    for module in house.modules.keys.sorted() {
      let lines = try House.swiftFiles(below: "Sources/\(module)")
        .reduce(0) { $0 + $1.text.utf8.count { $0 == 0x0A } }
      #expect(lines > 0 && lines <= 6_200, "\(module) has \(lines) lines")
    }
  }

  @Test func `above its own folder no protocol and no engine is asked by its name`() throws {
    let names = #/\.(kugelAudio|elevenLabs|elevenlabs|openAI|espeak|piper|tone)\b/#
    let own = ["KugelEngine", "KugelEngines", "KugelEspeak", "KugelPiper"]
    for module in house.modules.keys.sorted() where !own.contains(module) {
      for file in try House.swiftFiles(below: "Sources/\(module)") {
        let isOwn =
          file.path.hasPrefix("Sources/KugelWire/KugelAudio/")
          || file.path.hasPrefix("Sources/KugelWire/ElevenLabs/")
          || file.path.hasPrefix("Sources/KugelWire/OpenAI/")
          || file.path.hasSuffix("/ProtocolRegistry.swift")
        #expect(isOwn || !file.text.contains(names), "\(file.path)")
      }
    }
  }

  @Test func `in words, too, they are named by their tables`() throws {
    let names = #/"[^"\n]*\b(espeak|piper|tone|elevenlabs)\b/#
    // Whoever tells of the engines' own names.
    let own = ["KugelEngine", "KugelEngines", "KugelEspeak", "KugelPiper", "KugelCommand"]
    // Examples to be copied, and what one engine is good for.
    let examples: Set = [
      "BenchManual.swift", "Bench.swift", "ListingManual.swift", "MultiManual.swift",
      "Topic.swift", "VoiceUnits.swift",
    ]
    var withExamples: Set<String> = []
    for module in house.modules.keys.sorted() where !own.contains(module) {
      for file in try House.swiftFiles(below: "Sources/\(module)")
      where !file.path.hasPrefix("Sources/KugelWire/ElevenLabs/") {
        let lines = file.text.split(separator: "\n").filter {
          !$0.drop(while: \.isWhitespace).hasPrefix("//")
        }
        guard lines.contains(where: { $0.contains(names) }) else { continue }
        let name = file.path.split(separator: "/").last.map(String.init) ?? ""
        #expect(examples.contains(name), "\(file.path)")
        withExamples.insert(name)
      }
    }
    #expect(withExamples == examples)
  }

  @Test func `a module's root holds no more than a few files`() throws {
    for module in house.modules.keys.sorted() {
      let files = try House.swiftFiles(below: "Sources/\(module)")
      let atRoot = files.filter { $0.path.split(separator: "/").count == 3 }
      #expect(atRoot.count <= 5, "\(module): \(atRoot.count)")
    }
  }

  @Test(arguments: [
    ("protocol notes", "kugelaudio"), ("ElevenLabs notes", "elevenlabs"),
    ("OpenAI notes", "openai"),
  ])
  func `a section that a comment cites is there`(words: String, notes: String) throws {
    let headings = try House.text("Sources/Protocols/\(notes).md")
      .matches(of: #/(?m)^#+ (\d+(?:\.\d+)?)/#).map { String($0.1) }
    let known = Set(headings)
    let cited = try Regex("\(words), sections? ([0-9., and\n/]+)")
    var count = 0
    for file in try House.swiftFiles(below: "Sources") {
      for match in file.text.matches(of: cited) {
        let numbers = String(file.text[match.range]).matches(of: #/\d+(?:\.\d+)?/#)
        for number in numbers {
          count += 1
          #expect(known.contains(String(number.0)), "\(file.path): section \(number.0)")
        }
      }
    }
    #expect(count > 5)
  }

  /// The modules that the map calls pure.
  private func pureModules() throws -> Set<String> {
    let line = try #require(map.firstMatch(of: #/(?m)^Pure: (.*)$/#))
    return Set(line.1.matches(of: #/Kugel\w+/#).map { String($0.0) })
  }
}
