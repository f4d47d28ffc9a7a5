import KugelJobs
import KugelWire

/// What programs are told while somebody speaks.
package struct EventOptions: OptionGroup {
  package var target: EventTarget?
  package var audioInterval: Duration?

  package init() {}
  package static let heading = "Messages"
  package static var flags: [Flag<EventOptions>] {
    [
      .value("events", nil, "TO", \.target, help: "write JSON events to a file, - or fd:N") {
        (text) throws(BadValue) in try EventTarget(text)
      }
      .detail(
        "One JSON object on each line, as `kugel help events` and the section EVENTS of kugel(1) tell. "
          + "A file that is there is an error without `--force`."),
      .time(
        "events-audio", "TIME", \.audioInterval, bare: .milliseconds,
        in: .zero...Duration.seconds(60), help: "tell of audio at most so often, 0 to 60s"
      ).detail("A number alone is milliseconds."),
    ]
  }
}

extension EventOptions {
  func target(standardOutputIsTaken isTaken: Bool) throws(UserError) -> EventTarget? {
    if target == .standardOutput && isTaken {
      throw .usage(
        "--events - would write events where other data goes, to standard output",
        hint: "Write them to a file: --events FILE")
    }
    return target
  }
}
