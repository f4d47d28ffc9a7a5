import KugelJobs
import KugelServer
import KugelWire

/// How much a server takes from its clients, and for how long.
package struct LimitOptions: OptionGroup {
  package var limits = ServeOptions()
  private var perAddress: Int {
    get { limits.maximumPerAddress ?? ServeOptions.usualPerAddress }
    set { limits.maximumPerAddress = newValue }
  }

  package init() {}
  package static let heading = "Limits"
  package static var flags: [Flag<LimitOptions>] {
    let defaults = ServeOptions()
    return [
      count(
        "max-message", "BYTES", \.limits.maximumMessage, in: 1024...1 << 30,
        help: "the longest message or request body"
      ).detail(
        "The default is \(defaults.maximumMessage). A longer message closes its socket with 1009, "
          + "a longer body is answered with 413."),
      Flag(
        FlagSpec(
          long: "engine-processes", short: nil, value: .required("N"),
          help: "how many texts are spoken at the same time")
      ) { (target, input) throws(BadValue) in
        guard case .value(let text) = input, let number = Int(text), 1...256 ~= number else {
          throw BadValue(expected: "1 to 256")
        }
        target.limits.engineProcesses = number
      }.detail(
        "Each in a process of its own where the engine has some; processes are started when they are "
          + "needed. The default is the number of cores; an engine whose processes are small, and make "
          + "all of a sentence before the next, has four for each core, and at least 16."),
      count(
        "max-text", "N", \.limits.maximumCharacters, in: 1...10_000_000,
        help: "the most characters of a turn or request"
      ).detail("The default is \(defaults.maximumCharacters). More are a `VALIDATION_ERROR`."),
      count(
        "openai-limit", "N", \.limits.openAICharacters, in: 1...10_000_000,
        help: "of those, the most of one text at /v1/audio/speech"
      ).detail(
        "The default is \(defaults.openAICharacters), as with OpenAI. More than `--max-text` are none the less "
          + "too many."),
      count(
        "max-connections", "N", \.limits.maximumConnections, in: 1...1_000_000,
        help: "the most open connections, of all kinds"
      ).detail("The default is \(defaults.maximumConnections). The next is refused with 503."),
      count(
        "max-per-address", "N", \.perAddress, in: 1...1_000_000,
        help: "of those, the most from one address"
      ).detail(
        "The default is \(ServeOptions.usualPerAddress), and no limit of their own for connections "
          + "from this machine, because a proxy on it speaks for many; a number given here counts "
          + "for those too. IPv6 addresses count by their network (/64). "
          + "The next is refused with 429."),
      count(
        "max-turns", "N", \.limits.maximumTurns, in: 1...1_000_000,
        help: "the most turns and requests at once"
      ).detail("The default is \(defaults.maximumTurns). The next is refused with `RATE_LIMITED`."),
      time(
        "ahead", help: "how far speech is made before what a client took",
        set: { $0.limits.ahead = $1 / .seconds(1) }
      ).detail(
        "A number alone is seconds; the default is 10s. A sentence that was begun is finished, so it can be a "
          + "little more. What the system holds for a client, up to 128 KiB, counts as taken."),
      time(
        "idle-timeout", help: "close a socket on which nothing happens for so long",
        set: { $0.limits.idleTimeout = $1 }
      ).detail("A number alone is seconds; the default is 1h. An idle socket is closed with 1000."),
      time(
        "send-timeout", help: "cut off a client that takes nothing for so long",
        set: { $0.limits.sendTimeout = $1 }
      ).detail("A number alone is seconds; the default is 30s."),
      time(
        "drain-timeout", help: "how long the end waits for turns under way",
        set: { $0.limits.drainTimeout = $1 }
      ).detail("A number alone is seconds; the default is 30s."),
    ]
  }

  private static func count(
    _ long: String, _ placeholder: String, _ path: WritableKeyPath<LimitOptions, Int>,
    in range: ClosedRange<Int>, help: String
  ) -> Flag<LimitOptions> {
    .value(long, nil, placeholder, path, help: help) { (text) throws(BadValue) in
      guard let number = Int(text), range.contains(number) else {
        throw BadValue(expected: "\(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
  }

  private static func time(
    _ long: String, help: String, set: @escaping (inout LimitOptions, Duration) -> Void
  ) -> Flag<LimitOptions> {
    let spec = FlagSpec(long: long, short: nil, value: .required("TIME"), help: help)
    let range = Duration.microseconds(1)...Measures.longest
    return Flag(spec) { (target, input) throws(BadValue) in
      guard case .value(let text) = input,
        let time = Measures.duration(text, bare: .seconds, in: range)
      else { throw BadValue(expected: "\(BadValue.time(in: range)), above 0") }
      set(&target, time)
    }
  }
}
