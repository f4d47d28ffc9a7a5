import KugelText
import KugelWire
import Testing

/// Rules for all settings, present and to come.
@Suite struct SettingTableTests {
  private static let offers = [
    SettingOffer.kugelAudio, .elevenLabs, .openAI,
    .local("espeak", rates: 80...450, pitches: 0...100),
  ]

  /// Values that a kind takes, and some that it does not.
  private static func samples(
    of kind: SettingKind
  ) -> (taken: [SettingValue], refused: [SettingValue]) {
    switch kind {
    case .name: ([.text("anna"), .number(7)], [.text(""), .flag(true), .numbers([1])])
    case .language: ([.text("de"), .text("en-gb")], [.text("de_DE"), .text(""), .number(3)])
    case .number(let range):
      (
        [.number(range.lowerBound), .text(range.upperBound.shortText)],
        [.number(range.upperBound + 0.01), .text("much"), .text(""), .flag(true), .text("nan")]
      )
    case .integer(let range, _):
      (
        [.number(Double(range.lowerBound)), .text("\(min(range.upperBound, 9_999_999))")],
        [.number(Double(range.lowerBound) - 1), .text("1.5"), .text("x"), .numbers([1, 2])]
      )
    case .level: ([.text("-6dB"), .number(15)], [.text("21"), .text("loud"), .flag(true)])
    case .pan: ([.text("left"), .number(-0.5)], [.text("up"), .number(2)])
    case .milliseconds:
      ([.text("500"), .text("1.5s"), .text("1h"), .number(0)], [.number(-1), .text("soon")])
    case .truth: ([.flag(true), .text("off"), .text("yes")], [.text("perhaps"), .number(3)])
    case .members:
      (
        [.text("a=1"), .text(#"lang_code="b""#), .text("a=true\nb={\"c\":[1]}")],
        [.text("a"), .text("=1"), .text("a={"), .text("a=1,\"b\":2"), .text(""), .flag(true)]
      )
    case .words(let words): ([.text(words[0])], [.text("x" + words[0]), .flag(true)])
    case .oneOf(let numbers):
      ([.number(Double(numbers[0])), .text("\(numbers[1])")], [.text("1"), .text("x")])
    case .latency: ([.number(4), .text("true")], [.text("5"), .text("perhaps")])
    case .dictionaries:
      ([.text("a:1,b"), .text("a")], [.text("a,,b"), .text("a:1:2"), .text("a,b,c,d"), .text("")])
    case .integers(let range, let most, let mayBeNone):
      (
        [.text("\(range.lowerBound),\(range.lowerBound + 1)"), .numbers([range.lowerBound])]
          + (mayBeNone ? [.text(""), .numbers([])] : []),
        [.text("1,x"), .numbers([range.lowerBound - 1]), .flag(true)]
          + (mayBeNone ? [] : [.text("")])
          + (most < 100 ? [.numbers(Array(repeating: range.lowerBound, count: most + 1))] : [])
      )
    }
  }

  @Test func `every kind takes its values and refuses others, naming what it takes`() {
    for offer in Self.offers {
      for terms in offer.terms {
        let (taken, refused) = Self.samples(of: terms.kind)
        for value in taken {
          #expect(
            (try? SettingChange(terms.key, value, offer: offer)) != nil,
            "\(offer.name) \(terms.key.rawValue)=\(value.text)")
        }
        for value in refused {
          #expect(
            throws: SettingProblem.notTaken(
              terms.key, expected: terms.kind.expected, given: value.text)
          ) { try SettingChange(terms.key, value, offer: offer) }
        }
      }
    }
  }

  @Test func `a value that is taken reaches the turn, and is read from it again`() throws {
    for offer in Self.offers {
      for terms in offer.terms where !terms.key.setting.isLocal {
        for value in Self.samples(of: terms.kind).taken {
          let change = try SettingChange(terms.key, value, offer: offer)
          var settings = TurnSettings()
          settings.apply(change)
          #expect(!settings.isEmpty, "\(terms.key.rawValue)")
          #expect(settings[terms.key] == change.value, "\(terms.key.rawValue)")
          settings[terms.key] = nil
          #expect(settings.isEmpty, "\(terms.key.rawValue)")
        }
      }
    }
  }

  @Test func `who takes a setting takes what the table takes, or less`() throws {
    for offer in Self.offers {
      #expect(Set(offer.keys).count == offer.keys.count)
      for terms in offer.terms {
        for value in Self.samples(of: terms.kind).taken {
          #expect(terms.key.setting.kind.read(value) != nil, "\(terms.key.rawValue)=\(value.text)")
        }
      }
    }
  }

  @Test func `names mean one setting each, and every setting is somebody's`() {
    let names = SettingKey.allCases.flatMap { [$0.rawValue] + $0.setting.aliases }
    #expect(Set(names).count == names.count)
    for key in SettingKey.allCases {
      for name in [key.rawValue] + key.setting.aliases { #expect(SettingKey(named: name) == key) }
      #expect(Self.offers.contains { $0.takes(key) }, "\(key.rawValue)")
      #expect(!key.setting.meaning.isEmpty && !key.setting.meaning.hasSuffix("."))
    }
  }

  @Test func `ranges are printed as people write them`() {
    let shown = Self.offers.flatMap(\.terms).map(\.kind.expected)
    for text in shown {
      let numbers = text.split(whereSeparator: { !"0123456789.".contains($0) })
      for number in numbers {
        let decimals = number.split(separator: ".").dropFirst().first ?? ""
        #expect(decimals.count < 3, "\(text)")
      }
      #expect(!text.contains("\(Int.max)"))
    }
    let local = SettingOffer.local("espeak", rates: 80...450, pitches: 0...100)
    #expect(local[.speed]?.kind.expected == "a number from 0.46 to 2.57")
    #expect(local[.rate]?.kind.expected == "80 to 450 words a minute")
    #expect(SettingOffer.elevenLabs[.rate]?.kind.expected == "123 to 210 words a minute")
  }

  @Test func `what is not known is told with what may have been meant`() {
    func message(_ text: String, _ offer: SettingOffer = .kugelAudio) -> String? {
      do throws(SettingProblem) {
        _ = try SettingChange(text, offer: offer, among: SettingKey.ofSession)
        return nil
      } catch {
        return error.message
      }
    }
    #expect(message("cfg_scael=2") == "\"cfg_scael\" cannot be set; did you mean cfg_scale?")
    #expect(message("colour=2")?.contains("known are voice lang model speed") == true)
    #expect(message("colour") == "\"colour\" is not of the form key=value")
    #expect(message("cfg_scale=3") == "cfg_scale takes a number from 1.2 to 2.5, not 3")
    #expect(message("cfg_scale=") == "cfg_scale takes a number from 1.2 to 2.5, not nothing")
    #expect(
      message("stability=0.5")?.hasPrefix("stability means nothing to kugel, which knows") == true)
    #expect(message("device=null") == "device is settled when kugel starts, by --device")
    #expect(message("credential=x", .elevenLabs) == "credential takes key, bearer, token, not x")
    #expect(message("output_format=mp3_44100_128", .elevenLabs) == nil)
    #expect(message("output_format=mp3_44100_128")?.contains("alaw_8000, not mp3") == true)
  }
}
