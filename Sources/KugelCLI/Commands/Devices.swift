import KugelConversation
import KugelJobs
import KugelSession

/// `kugel devices`: what can play.
package struct Devices: Command {
  package static let name = "devices"
  package static let summary = "List the sound devices."
  package static var flags: [Flag<Devices>] {
    [Flag.onOff("json", nil, \.json, help: "print JSON instead of a table").heading("Form")]
  }

  package var json = false

  package init() {}

  package func run(in host: Host) throws -> ExitStatus {
    guard json else {
      try host.printDevices()
      return .done
    }
    let lines = try host.jobs.devices().map { device in
      "  {\"name\":\(Quoting.quote(device.name)),"
        + "\"description\":\(Quoting.quote(device.description)),\"default\":\(device.isDefault)}"
    }
    try host.print(lines.isEmpty ? "[]\n" : "[\n" + lines.joined(separator: ",\n") + "\n]\n")
    return .done
  }

  package static var manual: ManualText {
    var manual = ManualText()
    manual.description = [
      "The names are those that `--device` takes, with ALSA's words for them; a star marks the one that "
        + "plays when none is named."
    ]
    manual.examples = [
      ManualText.Example("Play on another one:", "kugel devices; kugel say -a plughw:1 Hello")
    ]
    manual.related = ["say", "doctor"]
    return manual
  }
}
