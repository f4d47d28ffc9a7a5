import KugelAudio
import KugelJobs

/// Where the sound goes.
package struct OutputOptions: OptionGroup {
  package var output: String?
  package var play: Bool?
  package var force = false
  package var format: AudioFormat?
  package var sampleRate: Int?
  package var device: String?
  package var listsDevices = false
  /// Whether the devices are asked for, and nothing else.
  package var wantsDevices: Bool { listsDevices || device == "?" }
  package var pace: Pace?

  package init() {}
  package static let heading = "Output"
  package static var flags: [Flag<OutputOptions>] {
    [
      .text(
        "output", "o", "FILE", \.output, help: "write FILE instead of playing; - is standard output"
      )
      .detail(
        "The extension says which format; see `--format`. "
          + "A file appears under its name when it is complete. "
          + "An existing file is an error without `--force`; with it, it is replaced when the new one is "
          + "whole, and else a fragment is kept beside it."
      )
      .choices(.file),
      .negatable("play", \.play, help: "play, even when a file is written")
        .detail("Without `-o` the sound is played; with it, only if `--play` is given."),
      .onOff("force", nil, \.force, help: "replace files that exist"),
      .choice(
        "format", nil, "FORMAT", \.format, help: "format of FILE, whatever its extension says"
      )
      .detail("Standard output gets `wav` unless told otherwise."),
      .integer(
        "sample-rate", nil, "HZ", \.sampleRate, in: AudioFormat.anyRate,
        help: "samples a second in FILE, 1000 to 192000"
      )
      .detail(
        "The default is 24000 for every engine, and 8000 for G.711. "
          + "`opus` and `mp3` take certain rates only; see `kugel help formats`."),
      .choice("pace", nil, "PACE", \.pace, help: "how fast FILE is written")
        .detail(
          "`realtime` is for telephony and live pipes. Unless the sound is played too, what has gone by is "
            + "what was heard: an interrupt, a cancel and a pause act there as they do on speakers."
        ),
      .text(
        "device", "a", "DEVICE", \.device,
        help: "sound device, or the start of its name; '?' lists them"
      )
      .detail("`-a '?'` lists the devices and leaves, as `kugel devices` does.")
      .choices(.dynamic(.devices)).variable("KUGEL_DEVICE").configurable,
      .onOff("list-devices", nil, \.listsDevices, help: "list the sound devices and leave"),
    ]
  }
}
