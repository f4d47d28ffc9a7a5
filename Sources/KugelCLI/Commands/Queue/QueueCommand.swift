import KugelFloor
import KugelJobs
import KugelQueue
import KugelScreen

/// `kugel queue`: who speaks and who waits.
package struct QueueCommand: Command {
  package static let name = "queue"
  package static let summary = "Show who speaks and who waits."
  package static var flags: [Flag<QueueCommand>] {
    [Flag.onOff("json", nil, \.json, help: "print JSON instead of a table").heading("Form")]
  }

  package var json = false

  package init() {}

  package func run(in host: Host) throws -> ExitStatus {
    let folder = try host.runtimeFolder()
    let now = QueueClock.now
    let rows = QueueRules.listed(QueueFolder.entries(in: folder)).map { entry in
      QueueRow(
        entry,
        report: entry.item.state == .speaking && entry.condition == .working
          ? FloorPeers.report(of: entry.item.id, in: folder) : nil, at: now)
    }
    try host.print(json ? QueueRow.json(rows) : QueueRow.table(rows, within: host.tableWidth))
    if rows.isEmpty { host.tell("kugel: nobody speaks or waits") }
    return .done
  }

  package static var manual: ManualText {
    var manual = ManualText()
    manual.description = [
      "Your kugel processes that play take turns. First stands who speaks, then who waits, in the order in "
        + "which they will be let in: by `--priority`, then as they came. `AGE` is since when, `LEFT` how "
        + "much is left to be heard: a number with `+` is what has come so far of a text that is still "
        + "growing, one with `~` an estimate. A process that is suspended (`Ctrl-Z`, the signal STOP) "
        + "blocks nobody: it loses its place.",
      "With `--json` an item has `id` and `process`, `state` (`speaking`, `paused`, `waiting`, "
        + "`suspended`), `from`, `priority`, `since` (seconds since 1970), `age`, `heard` and `left` "
        + "(seconds; absent where they are not known), `growing`, `chars` and `text`, the beginning of it.",
      "Other users have a queue of their own, and neither sees the other's.",
    ]
    manual.examples = [
      .init("Who speaks?", "kugel queue"),
      .init(
        "Skip what an agent has waiting:",
        "kugel skip $(kugel queue --json | jq '.[] | select(.from == \"codex\") | .id')"),
    ]
    manual.exits = [.done, .usage, .unavailable, .readerGone]
    manual.files = QueueManual.files
    manual.related = ["skip", "again", "pause", "back", "stop"]
    return manual
  }
}
