import KugelAudio
import KugelJobs
import KugelSession

/// How the speakers are fed.
package struct PlaybackOptions: OptionGroup {
  package var prebuffer: PlaybackSettings.Prebuffer?
  package var leadIn: Int?
  package var keepWarm: Double?
  package var volume: Double?

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
        "lead-in", nil, "WHEN", \.leadIn, help: "silence before the first sound, 0 to 10000 ms"
      ) { (text) throws(BadValue) in
        if text == "auto" { return nil }
        guard let time = Int(text), (0...10_000).contains(time) else {
          throw BadValue(expected: "auto or 0 to 10000 milliseconds")
        }
        return time
      }
      .detail(
        "For devices that swallow the first word while they wake up; a file begins with it too."),
      .decimal(
        "keep-warm", nil, "S", \.keepWarm, help: "seconds of silence played between turns"
      ).detail("The default is 10; 0 lets the device rest after each turn."),
      .value(
        "volume", nil, "DB", \.volume, help: "louder or softer, -60 to 20 decibels"
      ) { (text) throws(BadValue) in
        guard let level = Measures.decibels(text, in: -60...20) else {
          throw BadValue(expected: "-60 to 20 decibels, such as -6 or -6dB")
        }
        return level
      }
      .detail("Of what is played, and of what is written to a file."),
    ]
  }

  static let prebufferChoices = Choices.fixed([
    Choice("auto", "what suits the engine"), Choice("all", "the whole turn"),
    Choice("", rest: "MS", "so many milliseconds"),
  ])

  static func prebuffer(
    _ text: String
  ) throws(BadValue) -> PlaybackSettings.Prebuffer {
    switch text {
    case "auto": return .auto
    case "all": return .all
    default:
      guard let time = Int(text), (0...60_000).contains(time) else {
        throw BadValue(expected: "auto, all or 0 to 60000 milliseconds")
      }
      return .atLeast(.milliseconds(time))
    }
  }

  /// - Throws: 64 for a number that is out of range.
  func apply(to speakers: inout SpeakerOutput) throws(UserError) {
    if let keepWarm, !(0...86_400).contains(keepWarm) {
      throw .usage("--keep-warm takes 0 to 86400 seconds, not \(keepWarm)")
    }
    speakers.settings.prebuffer = prebuffer ?? .auto
    speakers.settings.leadIn = .milliseconds(leadIn ?? 0)
    speakers.settings.keepWarm = .seconds(keepWarm ?? 10)
    speakers.volume = volume ?? 0
  }

  /// One that was given and means nothing where nothing is played.
  var ofSpeakersOnly: String? {
    prebuffer != nil ? "--prebuffer" : keepWarm != nil ? "--keep-warm" : nil
  }
}
