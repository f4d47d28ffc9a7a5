import KugelConversation
import KugelJobs
import KugelScreenplay
import KugelSession
import KugelWire
import Testing

@testable import KugelCLI

/// Whoever sets a value is told the same about it: options, the configuration, lines, JSON and scripts
/// read one table.
@Suite struct SettingRulesTests {
  /// How a value may be written, at the ends of what is taken and beside them.
  private static func samples(of kind: SettingKind) -> [String] {
    switch kind {
    case .name: ["anna", "7"]
    case .language: ["de", "en-gb", "de_DE", "e"]
    case .number(let range):
      [
        range.lowerBound.shortText, range.upperBound.shortText,
        (range.lowerBound - 0.01).text(digits: 2), (range.upperBound + 0.01).text(digits: 2), "1e0",
        "nan", "much",
      ]
    case .integer(let range, _):
      ["\(range.lowerBound)", "\(min(range.upperBound, 99_999))", "\(range.lowerBound - 1)", "x"]
        + (range.upperBound < .max ? ["\(range.upperBound + 1)"] : [])
    case .level: ["-60", "15", "20dB", "+3dB", "21", "-61", "loud"]
    case .pan: ["left", "0.5", "2", "up"]
    case .milliseconds: ["0", "500", "800ms", "1h", "-1", "soon"]
    case .truth: ["true", "off", "yes", "0", "perhaps"]
    case .words(let words): [words[0], "mp3"]
    case .members: ["lang_code=a", "n=3", "x=[1,2]", "x", "x=[", "=a"]
    case .oneOf(let numbers): numbers.map(\.description) + ["1", "48001"]
    case .latency: ["0", "4", "5", "true", "perhaps"]
    case .dictionaries: ["a:1", "a,b", "a,,b", "a,b,c,d"]
    case .integers(let range, let most, _):
      ["\(range.lowerBound)", "\(range.lowerBound),\(range.lowerBound + 7)", "1,x", "-1"]
        + (most < 100
          ? [Array(repeating: "\(range.lowerBound)", count: most + 1).joined(separator: ",")] : [])
    }
  }

  private static let cases = EngineName.allCases.flatMap { engine in
    engine.offer.terms.map { (engine, $0) }
  }

  private func isTaken(_ key: SettingKey, _ value: String, by engine: EngineName) -> Bool {
    (try? SettingChange(key, .text(value), offer: engine.offer)) != nil
  }

  /// What becomes of an option's value on its way to an engine.
  private func isTakenAsOption(_ key: SettingKey, _ value: String, by engine: EngineName) -> Bool {
    var request = SpeechRequest(source: .words("hi"))
    do {
      if key == .volume {
        var options = PlaybackOptions()
        let flag = try #require(PlaybackOptions.flags.first { $0.spec.long == "volume" })
        try flag.apply(&options, .value(value))
        return true
      }
      var options = VoiceOptions()
      // What needs another value beside it has that.
      if key == .dictionaryIDs { options.project = 1 }
      let name = key.setting.option ?? "set"
      let flag = try #require(VoiceOptions.flags.first { $0.spec.long == name })
      try flag.apply(
        &options, .value(key.setting.option == nil ? "\(key.rawValue)=\(value)" : value))
      try options.apply(to: &request, engine: engine, service: ServiceOptions())
      return true
    } catch {
      return false
    }
  }

  @Test func `options take what the table says`() {
    for (engine, terms) in Self.cases where terms.key != .pan {
      for value in Self.samples(of: terms.kind) {
        #expect(
          isTakenAsOption(terms.key, value, by: engine) == isTaken(terms.key, value, by: engine),
          "\(engine.rawValue) \(terms.key.rawValue)=\(value)")
      }
    }
  }

  @Test func `the configuration takes what the table says`() throws {
    let scratch = ScratchDirectory()
    let path = scratch.path + "/config"
    let engine = try #require(EngineName(rawValue: "kugel"))
    for terms in engine.offer.terms where ![.pan, .volume].contains(terms.key) {
      let (key, option) = (terms.key, terms.key.setting.option)
      let samples = Self.samples(of: terms.kind)
      let some = [true, false].compactMap { taken in
        samples.first { isTaken(key, $0, by: engine) == taken }
      }
      for value in some {
        let line = option.map { "\($0) = \(value)" } ?? "set = \(key.rawValue)=\(value)"
        writeFile(path, "engine = kugel\nurl = http://localhost:1\nproject = 1\n\(line)\n")
        let outcome = Stage.run("say", "--config", path, "hi")
        #expect(
          (outcome.status == .done) == isTaken(key, value, by: engine), "\(line): \(outcome.told)")
      }
    }
  }

  @Test func `lines and JSON take what the table says`() {
    for (engine, terms) in Self.cases where terms.key != .pan {
      var lines = LineParser(style: .script, offer: engine.offer)
      var objects = JSONLineParser(offer: engine.offer)
      for value in Self.samples(of: terms.kind) {
        let name = terms.key.rawValue
        let line = lines.parse("/set \(name)=\"\(value)\"")?.request
        let json = objects.parse("{\"op\":\"set\",\"\(name)\":\"\(value)\"}")?.request
        let expected = try? SettingChange(terms.key, .text(value), offer: engine.offer)
        for given in [line, json] {
          switch given {
          case .success(.set(let changes)): #expect(changes == [expected].compactMap(\.self))
          case .failure(let problem):
            #expect(expected == nil, "\(engine.rawValue) \(name)=\(value): \(problem.message)")
            #expect(problem.message.contains(terms.kind.expected), "\(problem.message)")
          default: Issue.record("\(name)=\(value) set nothing")
          }
        }
      }
    }
  }

  @Test func `scripts take what the table says`() {
    for key in SettingKey.ofScripts {
      let kind = key.setting.kind
      // What is no number begins something else behind a comma.
      for value in Self.samples(of: kind)
      where !value.contains(",") || value.allSatisfy({ $0.isNumber || $0 == "," }) {
        for text in [
          "@voice a = 1, \(key.rawValue) \(value)\n",
          "@voice a = 1\na (\(key.rawValue)=\(value)): Hi\n",
        ] {
          var script = Screenplay()
          let pieces = script.append(text) + script.finish()
          let errors = pieces.compactMap {
            if case .error(let error) = $0 { error.message } else { nil }
          }
          #expect(errors.isEmpty == (kind.read(.text(value)) != nil), "\(text)\(errors)")
          #expect(errors.allSatisfy { $0.contains(kind.expected) }, "\(errors)")
        }
      }
    }
  }

  @Test func `a volume and a time mean the same everywhere`() throws {
    var lines = LineParser(style: .script, offer: EngineName.tone.offer)
    var objects = JSONLineParser(offer: EngineName.tone.offer)
    for (level, isTaken) in [("15", true), ("-60", true), ("20", true), ("20.5", false)] {
      #expect((Stage.run("say", "--volume", level, "hi").status == .done) == isTaken)
      for request in [
        lines.parse("/volume \(level)"), lines.parse("/set volume=\(level)"),
        objects.parse("{\"op\":\"volume\",\"db\":\(level)}"),
        objects.parse("{\"op\":\"set\",\"volume\":\(level)}"),
      ] {
        #expect(((try? request?.request.get()) != nil) == isTaken, "\(level)")
      }
    }
    for (time, isTaken) in [
      ("1h", true), ("90s", true), ("800ms", true), ("0.5m", true), ("1d", false),
    ] {
      #expect(((try? Timeouts("total=\(time)")) != nil) == isTaken)
      #expect(((try? lines.parse("/wait \(time)")?.request.get()) != nil) == isTaken)
      #expect(((try? lines.parse("/cancel after \(time)")?.request.get()) != nil) == isTaken)
      let every = Stage.run("bench", "--every", time, "--concurrency", "2", "--url", "http://x")
      #expect(every.told.contains("--every takes") != isTaken, "\(every.told)")
      let keeps = Stage.run("say", "--keep-warm", time, "hi")
      #expect((keeps.status == .done) == isTaken, "\(keeps.told)")
      let serves = Stage.run("serve", "--idle-timeout", time)
      #expect(serves.told.contains("--idle-timeout takes") != isTaken, "\(serves.told)")
      var script = Screenplay()
      let gap = script.append("@gap \(time)\n[pause \(time)]\n@voice a = 1\na +(\(time)): Hi\n")
      let errors = gap.filter { if case .error = $0 { true } else { false } }
      #expect(errors.isEmpty == isTaken, "\(time)")
    }
  }

  @Test func `help and man pages show what is taken, and by whom`() {
    let help = HelpPage.of(Say.self)
    // A table breaks its cells at blanks.
    let topic = Topic.settings.text
    let words = topic.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let page = ManPage.of(Say.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for key in SettingKey.allCases {
      #expect(topic.contains("  \(key.rawValue) "), "\(key.rawValue)")
      guard SettingKey.ofOption.contains(key) else { continue }
      #expect(help.contains("\(key.rawValue)="), "\(key.rawValue)")
      guard key.setting.kind != .truth else { continue }
      #expect(page.contains(key.setting.kind.expected), "\(key.rawValue)")
      #expect(words.contains(key.setting.kind.expected), "\(key.rawValue)")
    }
    for engine in EngineName.allCases { #expect(topic.contains("\n  \(engine.rawValue): ")) }
    // What any of them takes, and what the engines of this program take.
    for (text, range) in [(help, "0.25 to 4"), (page, "0.25 to 4"), (words, "0.46 to 2.57")] {
      #expect(text.contains(range))
      #expect(!text.contains("0.457"))
    }
  }
}
