import KugelAudio
import KugelJobs
import KugelWire

/// How the speakers are fed.
package struct PlaybackOptions: OptionGroup {
  package var prebuffer: PlaybackSettings.Prebuffer?
  package var leadIn: Duration?
  package var keepWarm: Duration?
  package var volume: Double?
  package var keys: Bool?

  package init() {}
  package static let heading = "Output"
  package static var flags: [Flag<PlaybackOptions>] {
    [
      .value(
        "prebuffer", nil, "WHEN", \.prebuffer,
        help: "how much sound must be there before it begins"
      ) { (text) throws(BadValue) in try prebuffer(text) }
      .detail(
        "`auto` is nothing for an engine in this program, and 120 ms for a service; "
          + "each time the sound breaks off it grows by 100 ms, up to a second, and is remembered. "
          + "`all` waits for the whole turn."
      )
      .choices(prebufferChoices),
      .value(
        "lead-in", nil, "WHEN", \.leadIn, help: "silence before the first sound, 0 to 10s; 0"
      ) { (text) throws(BadValue) in
        if text == "auto" { return nil }
        let range = Duration.zero...Duration.seconds(10)
        guard let time = Measures.duration(text, bare: .milliseconds, in: range) else {
          throw BadValue(expected: "auto, or " + BadValue.time(in: range))
        }
        return time
      }
      .detail(
        "A number alone is milliseconds. For devices that swallow the first word while they wake up; a file "
          + "begins with it too."
      ),
      .time(
        "keep-warm", "TIME", \.keepWarm, bare: .seconds, in: .zero...Duration.seconds(86_400),
        help: "silence played between turns, 0 to 24h; 10s"
      ).detail("A number alone is seconds. 0 lets the device rest after each turn."),
      .value(
        "volume", nil, "DB", \.volume, help: "louder or softer, \(Measures.levelRange) decibels"
      ) { (text) throws(BadValue) in
        guard let level = Measures.decibels(text) else {
          throw BadValue(expected: Measures.levelForm)
        }
        return level
      }
      .detail("Of what is played, and of what is written to a file."),
      .negatable("keys", \.keys, help: "steer what is played by keys at the terminal; ? shows them")
        .detail(
          "Space pauses and goes on, left and right go a sentence back and on in what was received, `0` begins "
            + "anew, `q` stops as Ctrl-C does. Where the text is typed there are none; where it comes from a "
            + "pipe only with `--keys`, since whoever writes into it may read the terminal too."),
    ]
  }

  static let prebufferChoices = Choices.fixed([
    Choice("auto", "what suits the engine"), Choice("all", "the whole turn"),
    Choice("", rest: "TIME", "so long; a number alone is milliseconds"),
  ])

  static func prebuffer(
    _ text: String
  ) throws(BadValue) -> PlaybackSettings.Prebuffer {
    switch text {
    case "auto": return .auto
    case "all": return .all
    default:
      let range = Duration.zero...Duration.seconds(60)
      guard let time = Measures.duration(text, bare: .milliseconds, in: range) else {
        throw BadValue(expected: "auto, all, or " + BadValue.time(in: range))
      }
      return .atLeast(time)
    }
  }

  func apply(to speakers: inout SpeakerOutput) {
    speakers.settings.prebuffer = prebuffer ?? .auto
    speakers.settings.leadIn = leadIn ?? .zero
    speakers.settings.keepWarm = keepWarm ?? .seconds(10)
    speakers.volume = volume ?? 0
  }

  /// One that was given and means nothing where nothing is played.
  var ofSpeakersOnly: String? {
    prebuffer != nil ? "--prebuffer" : keepWarm != nil ? "--keep-warm" : nil
  }
}
