import KugelJobs
import KugelMeasure

extension Bench {
  package static var manual: ManualText {
    ManualText(
      description: [
        "Speaks a text again and again, plays nothing unless told to, and tells what a listener would have felt. "
          + "Connections are made before the clock starts; cold and warm turns are told apart, and so "
          + "is what the service says of itself from what arrives here.",
        "With several engines or strategies the turns are taken in turn, one of each, so that whatever "
          + "else happens meanwhile hits all alike.",
        "The table goes to standard output, unless `--json -` or the like takes it; progress and "
          + "warnings go to standard error. Ctrl-C ends the run and shows what is known so far.",
        "Percentiles are by nearest rank: always a value that was measured. Intervals hold 95 % of what "
          + "comes out when the turns are drawn again, and so does the interval of a comparison: "
          + "where it has 0 in it, there is no evidence of a change.",
      ],
      examples: [
        .init("Measure the default engine:", "kugel bench"),
        .init(
          "Lay two services side by side:",
          "kugel bench -e kugel@https://api.kugelaudio.com -e kugel@http://127.0.0.1:8080"),
        .init("Hear it, and measure to the sound device:", "kugel bench --play -N 5"),
        .init("See what measuring itself costs:", "kugel bench -e tone --cold 0"),
        .init("Lay two engines side by side:", "kugel bench -e kugel:1071 -e espeak:en-us --plot"),
        .init("Compare ways to send a text:", "kugel bench --strategy full,sentence,tokens"),
        .init("Find the real-time factor:", "kugel bench --text long -N 5"),
        .init("Twenty callers at once:", "kugel bench -e kugel --concurrency 20 -N 400"),
        .init("Keep the figures, and compare later:", "kugel bench --json today.json"),
        .init("", "kugel bench --compare today.json"),
        .init("Fail a build that got slow:", "kugel bench --fail-if 'first_sound.p95 > 250ms'"),
      ],
      lists: [
        ManualText.List(
          "Metrics",
          Metric.allCases.map { Choice($0.rawValue, $0.meaning + " (\($0.scope.rawValue))") }
            + [
              Choice(
                "late_frames",
                "frames that came after a player with a cushion of 0, 120 or 500 ms needed them"),
              Choice("errors", "turns that failed"),
            ]),
        ManualText.List(
          "Warnings", BenchWarning.Kind.allCases.map { Choice("\($0.rawValue)", $0.meaning) }),
      ],
      exits: [
        .done, .partial, .usage, .badInput, .unreadableInput, .unavailable, .internalError,
        .cannotCreate, .ioFailed, .tryAgain, .protocolError, .refused, .badConfiguration,
        .outOfCredit, .hungUp, .interrupted, .readerGone, .terminated,
      ], related: ["say", "voices"])
  }
}
