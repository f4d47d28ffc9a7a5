import KugelFloor
import KugelJobs
import KugelQueue

/// `kugel skip`: what is being said is over.
package struct Skip: Command {
  package static let name = "skip"
  package static let summary = "End what is being said, so that the next is heard."
  package static let operands = Operands(forms: ["[ID...]"], choices: .none)
  package static var flags: [Flag<Skip>] { [] }

  package var ids: [Int32] = []

  package init() {}

  package mutating func take(operands: [String]) throws(UserError) {
    for word in operands {
      guard let id = Int32(word), id > 0 else {
        throw .usage("\(quoted(word)) is no item", hint: "They are listed by: kugel queue")
      }
      ids.append(id)
    }
  }

  package func run(in host: Host) throws -> ExitStatus { try host.steer(.skip, items: ids) }

  package static var manual: ManualText {
    QueueManual.text(
      "With numbers of `kugel queue` those items are skipped, also while they wait. A `session`, a `stream` "
        + "with `--turn`, goes on with its next turn; all others end as by Ctrl-C, with the exit status "
        + "of INT.", ["queue", "again", "stop"])
  }
}

/// `kugel pause`: the sound is held.
package struct Pause: Command {
  package static let name = "pause"
  package static let summary = "Hold what is being said, until kugel resume."
  package static var flags: [Flag<Pause>] { [] }

  package init() {}
  package func run(in host: Host) throws -> ExitStatus { try host.steer(.pause) }

  package static var manual: ManualText {
    QueueManual.text("Whoever waits goes on waiting.", ["resume", "queue"])
  }
}

/// `kugel resume`: the sound goes on.
package struct Resume: Command {
  package static let name = "resume"
  package static let summary = "Let go on what kugel pause holds."
  package static var flags: [Flag<Resume>] { [] }

  package init() {}
  package func run(in host: Host) throws -> ExitStatus { try host.steer(.resume) }

  package static var manual: ManualText {
    QueueManual.text("What goes on already is left alone.", ["pause", "queue"])
  }
}

/// `kugel back`: a sentence back.
package struct Back: Command {
  package static let name = "back"
  package static let summary = "Go a sentence back in what is being said."
  package static var flags: [Flag<Back>] { [] }

  package init() {}
  package func run(in host: Host) throws -> ExitStatus { try host.steer(.back) }

  package static var manual: ManualText {
    QueueManual.text(
      "To the start of the sentence, or shortly after it began to the one before. Sound that was "
        + "received is played again, the last ten minutes of it; nothing is made anew or paid twice.",
      ["on", "again", "queue"])
  }
}

/// `kugel on`: a sentence on.
package struct On: Command {
  package static let name = "on"
  package static let summary = "Go a sentence on in what is being said."
  package static var flags: [Flag<On>] { [] }

  package init() {}
  package func run(in host: Host) throws -> ExitStatus { try host.steer(.on) }

  package static var manual: ManualText {
    QueueManual.text(
      "No further than to the end of what was received.", ["back", "skip", "queue"])
  }
}

/// What the pages of the queue's commands share.
enum QueueManual {
  static let files = [
    Choice(
      "$XDG_RUNTIME_DIR/kugel",
      "sockets, locks and entries of the processes that speak, and the last sound")
  ]

  static func text(_ description: String, _ related: [String]) -> ManualText {
    var manual = ManualText()
    manual.description = [
      description, "The exit status is 1 when there was nothing to be steered.",
    ]
    manual.exits = [.done, .partial, .usage, .unavailable]
    manual.files = files
    manual.related = related
    return manual
  }
}

extension Host {
  func runtimeFolder() throws(UserError) -> String {
    do throws(FloorError) {
      return try RuntimeFolder.path(variable: variable)
    } catch {
      throw UserError(.unavailable, error.description)
    }
  }

  /// Tells those that speak, or the items named.
  func steer(_ steering: Steering, items: [Int32] = []) throws(UserError) -> ExitStatus {
    let folder = try runtimeFolder()
    let entries = QueueFolder.entries(in: folder)
    let meant =
      items.isEmpty
      ? entries.filter { $0.item.state == .speaking && $0.condition == .working }.map(\.item.id)
      : items
    let missing = items.filter { id in !entries.contains { $0.item.id == id } }
    let told = FloorPeers.tell(steering, to: meant.filter { !missing.contains($0) }, in: folder)
    for id in missing { tell("kugel: there is no item \(id); see: kugel queue") }
    if meant.isEmpty { tell("kugel: nobody speaks") }
    return told > 0 && missing.isEmpty ? .done : .partial
  }
}
