import KugelJobs
import KugelNarration
import KugelScreen

// What is told when all is made.
extension NarrateJob {
  /// Each made when it is looked at.
  func reportItems(
    _ manifest: Manifest, failures: [Int: String]
  ) -> some Sequence<NarrationReport.Item> {
    entries.indices.lazy.compactMap { [entries] index in
      let entry = entries[index]
      if entry.decision == .elsewhere { return nil }
      var failure = failures[index]
      if case .refuse(let refusal) = entry.decision { failure = refusal.cause(entry.file) }
      return NarrationReport.Item(
        item: entry.item, file: entry.file,
        entry: failure == nil ? manifest[entry.file] : nil, failure: failure)
    }
  }

  func writeReport(
    _ items: some Sequence<NarrationReport.Item>, unread: [NarrationFailure]
  ) throws {
    guard let path = request.report else { return }
    let text = NarrationReport.json(items, unread: unread)
    if path == "-" {
      try host.print(String(decoding: text, as: UTF8.self))
    } else {
      try ReportFile.write(text, to: path)
      let page = ReportFile.page(beside: path)
      let html = NarrationReport.page(items, unread: unread, in: request.directory, at: page)
      try ReportFile.write(Array(html.utf8), to: page)
    }
  }

  func end(
    _ made: NarrationMaking.Result, _ items: some Sequence<NarrationReport.Item>
  ) throws -> ExitStatus {
    let doubts = NarrationReport.doubts(items)
    for doubt in doubts.prefix(20) where request.verbosity != .quiet {
      let kinds = doubt.doubt.kinds.map(\.meaning).joined(separator: ", ")
      host.tell(
        "kugel: doubtful: \(doubt.item.file) from \(StatusLine.clock(doubt.doubt.from)) to "
          + "\(StatusLine.clock(doubt.doubt.to)): \(kinds): \(quoted(doubt.shortText))")
    }
    if doubts.count > 20, request.verbosity != .quiet {
      host.tell(
        "kugel: and \(doubts.count - 20) more doubtful sentences; all are told with --report FILE")
    }
    tellQuieter(made)
    let failed = tell(problems)
    if request.verbosity != .quiet { summarise(made, doubts: doubts.count) }
    if let signal = made.signal {
      host.tell("kugel: what is whole is kept; the same command goes on where this one ended")
      return ExitStatus(rawValue: 128 + signal) ?? .interrupted
    }
    if let broken = made.broken { throw broken }
    return failed == .done && doubts.isEmpty ? .done : .partial
  }

  private func tellQuieter(_ made: NarrationMaking.Result) {
    let (count, most) = made.quieter
    guard count > 0, request.verbosity != .quiet else { return }
    host.tell(
      "kugel: warning: \(count == 1 ? "1 file is" : "\(count) files are up to") "
        + "\(StatusLine.tenths(most)) LU less loud than asked for, as peaks stay below -1 dB")
  }

  private func summarise(_ made: NarrationMaking.Result, doubts: Int) {
    let kept = entries.count { $0.decision == .keep }
    var parts = ["made \(made.items), \(StatusLine.clock(made.seconds)) of sound"]
    if kept > 0 { parts.append("kept \(kept) that were there") }
    if !problems.isEmpty { parts.append("\(problems.count) failed") }
    if doubts > 0 {
      parts.append(doubts == 1 ? "1 doubtful sentence" : "\(doubts) doubtful sentences")
    }
    host.tell("kugel: " + parts.joined(separator: "; "))
  }

  func tell(_ problems: [NarrationFailure]) -> ExitStatus {
    for problem in problems { host.tell("kugel: \(problem.place): \(problem.cause)") }
    return problems.isEmpty ? .done : .partial
  }
}
