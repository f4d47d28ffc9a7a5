import KugelFloor
import KugelJobs

/// `kugel stop`: end the speech of this user's kugel processes.
package struct Stop: Command {
  package static let name = "stop"
  package static let summary = "End the speech of your other kugel processes."
  package static var flags: [Flag<Stop>] {
    [
      .onOff("all", nil, \.all, help: "also end those that are silent now or only write files")
        .heading("Processes")
    ]
  }

  package var all = false

  package init() {}

  package func run(in host: Host) throws -> ExitStatus {
    let folder = try host.runtimeFolder()
    let left = FloorPeers.end(in: folder, kinds: all ? SpeechFloor.Kind.allCases : [.speakers])
    guard let first = left.first else { return .done }
    let names = left.map { "\($0)" }.joined(separator: ", ")
    throw UserError(
      .partial,
      left.count == 1
        ? "process \(first) was told to stop and is still there"
        : "\(left.count) processes were told to stop and are still there: \(names)",
      hint:
        "To end \(left.count == 1 ? "it" : "them") at once: kill -KILL \(left.map { "\($0)" }.joined(separator: " "))"
    )
  }

  package static var manual: ManualText {
    var manual = ManualText()
    manual.description = [
      "Every `kugel` that plays, or waits to play, falls silent, finishes its files and leaves with the "
        + "exit status of the signal TERM. A session that says nothing at the moment, and whoever only "
        + "writes files, goes on unless `--all` is given. One that is suspended is woken, so that it can leave. Success even if nobody spoke. See `--queue` "
        + "for turn-taking."
    ]
    manual.exits = [.done, .partial, .usage, .unavailable]
    manual.related = ["queue", "skip", "pause", "session"]
    manual.files = QueueManual.files
    return manual
  }
}
