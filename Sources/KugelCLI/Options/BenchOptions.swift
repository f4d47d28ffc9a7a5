import KugelJobs
import KugelMeasure
import KugelWire

/// What is measured, how often, and how the text is sent.
package struct MeasuringOptions: OptionGroup {
  package var strategies = [Strategy.full]
  package var text = "short"
  package var pace: Double?
  package var turns: Int?
  package var warmup: Int?
  package var cold: Int?
  package var bargeIn: Int?
  package var concurrency: Int?
  package var interval: Duration?

  package init() {}
  package static let heading = "Measuring"
  package static var flags: [Flag<MeasuringOptions>] {
    [
      .integer("turns", "N", "N", \.turns, in: 0...1_000_000, help: "warm turns that count; 20")
        .detail("20 are the fewest for p95, 100 for p99; with fewer there is a dash."),
      .integer(
        "warmup", nil, "N", \.warmup, in: 0...1000, help: "turns before them that do not count; 2"),
      .integer(
        "cold", nil, "N", \.cold, in: 0...1000, help: "turns over a new connection each; 3"),
      .integer(
        "barge-in", nil, "N", \.bargeIn, in: 0...1000,
        help: "turns that are cancelled as soon as they sound; 0"),
      strategy,
      .value(
        "text", nil, "TEXT", \.text, help: "short, medium, long, or a file; - is standard input"
      ) { (text) throws(BadValue) in
        guard !text.isEmpty else { throw BadValue(expected: "short, medium, long or a file") }
        return text
      }
      .detail("A file called `short` is `./short`."),
      .value("pace", nil, "N", \.pace, help: "tokens a second of the writer; 50") {
        (text) throws(BadValue) in
        let digits = text.hasSuffix("/s") ? text.dropLast(2) : text[...]
        guard let pace = Measures.decimal(digits), (0.1...1_000_000).contains(pace) else {
          throw BadValue(expected: "tokens a second such as 50/s")
        }
        return pace
      }
      .detail(
        "All strategies but `full` send at this pace: each piece when its last token is written."),
      .integer(
        "concurrency", nil, "N", \.concurrency, in: 1...1000, help: "connections at once; 1"
      )
      .detail(
        "The warm turns are shared among the connections and start by a schedule. "
          + "A turn that starts late because the one before it was not done "
          + "counts from when it was meant to start."),
      .time(
        "every", "TIME", \.interval, bare: .seconds,
        in: .microseconds(1)...Duration.seconds(86_400),
        help: "between starts on one of several connections"
      )
      .detail(
        "Without it a turn starts when the speech of the one before it would have been heard."),
    ]
  }

  private static var strategy: Flag<MeasuringOptions> {
    .value("strategy", nil, "LIST", \.strategies, help: "how the text is sent; several with commas")
    {
      (text) throws(BadValue) in
      var strategies: [Strategy] = []
      for word in text.split(separator: ",", omittingEmptySubsequences: false) {
        guard let strategy = Strategy(rawValue: String(word)) else {
          throw BadValue(unknown: String(word), of: choices)
        }
        if !strategies.contains(strategy) { strategies.append(strategy) }
      }
      return strategies
    }.choices(.fixed(choices))
  }

  private static let choices = Strategy.allCases.map { Choice($0.rawValue, $0.meaning) }
}

/// What becomes of the figures.
package struct FigureOptions: OptionGroup {
  package var json: String?
  package var csv: String?
  package var svg: String?
  package var plot = false
  package var force = false
  package var compare: String?
  package var unlike = false
  package var limits: [BenchLimit] = []
  package var silenced: Set<Int> = []

  package init() {}
  package static let heading = "Figures"
  package static var flags: [Flag<FigureOptions>] {
    [
      .text("json", nil, "FILE", \.json, help: "write everything as JSON; - is standard output")
        .detail("Every sample is in it, with intervals of the percentiles.")
        .choices(.file),
      .text("csv", nil, "FILE", \.csv, help: "write a line for each turn; - is standard output")
        .choices(.file),
      .text("svg", nil, "FILE", \.svg, help: "draw first sound into FILE; - is standard output")
        .choices(.file),
      .onOff("plot", nil, \.plot, help: "draw first sound in the terminal"),
      .onOff("force", nil, \.force, help: "replace FILE if it exists"),
      .text("compare", nil, "FILE", \.compare, help: "compare with FILE, which --json wrote")
        .detail("What was measured under other conditions is refused, with the difference named.")
        .choices(.file),
      .onOff("unlike", nil, \.unlike, help: "compare all the same, whatever differs"),
      limit, silence,
    ]
  }

  private static var limit: Flag<FigureOptions> {
    Flag(
      FlagSpec(
        long: "fail-if", short: nil, value: .required("LIMIT"),
        help: "end with 1 if it holds: 'first_sound.p95 > 250ms'")
    ) { (target, input) throws(BadValue) in
      guard case .value(let text) = input else { return }
      do throws(LimitError) {
        target.limits.append(try BenchLimit(text))
      } catch {
        throw BadValue(expected: error.expected, hint: error.hint)
      }
    }
    .repeatable
    .detail(
      "A metric of the list below, a dot, and `p50`, `p95`, `p99`, `min`, `max` or `n`; "
        + "or `errors`, or `late_frames` with a cushion in milliseconds: `late_frames.120 > 1%`. "
        + "Terms are joined by `and` and `or`. A figure that is not known fails too.")
  }

  private static var silence: Flag<FigureOptions> {
    .value("silence", nil, "LIST", \.silenced, help: "warnings not to give, by number, with commas")
    {
      (text) throws(BadValue) in
      let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map {
        Int($0) ?? 0
      }
      let known = BenchWarning.Kind.allCases.map(\.rawValue)
      guard numbers.allSatisfy(known.contains) else {
        throw BadValue(expected: "numbers from \(known[0]) to \(known.count), with commas")
      }
      return Set(numbers)
    }
  }
}
