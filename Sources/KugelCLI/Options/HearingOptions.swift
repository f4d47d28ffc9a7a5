import KugelAudio
import KugelJobs

/// Whether measured turns are played, and on what.
package struct HearingOptions: OptionGroup {
  package var play = false
  package var device: String?
  package var prebuffer: PlaybackSettings.Prebuffer?

  package init() {}
  package static let heading = "Playing"
  package static var flags: [Flag<HearingOptions>] {
    [
      .onOff("play", nil, \.play, help: "play every turn to its end; measures heard")
        .detail(
          "The next turn starts when the one before has been heard. For one connection at a time."),
      .text(
        "device", "a", "DEVICE", \.device,
        help: "sound device for --play, or the start of its name; '?' lists them"
      )
      .detail("`-a '?'` lists the devices and leaves, as `kugel devices` does.")
      .choices(.dynamic(.devices)).variable("KUGEL_DEVICE").configurable,
      .value(
        "prebuffer", nil, "WHEN", \.prebuffer,
        help: "with --play: how much sound must be there before it begins"
      ) { (text) throws(BadValue) in try PlaybackOptions.prebuffer(text) }
      .detail(
        "`auto` is nothing for engines in this program, and 120 ms as soon as a service is measured."
      )
      .choices(PlaybackOptions.prebufferChoices),
    ]
  }

  /// nil: nothing is played.
  package var speakers: SpeakerOutput? {
    guard play else { return nil }
    var speakers = SpeakerOutput(device: device)
    speakers.settings.prebuffer = prebuffer ?? .auto
    return speakers
  }
}
