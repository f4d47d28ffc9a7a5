import KugelText
import KugelWire

/// Jobs that are done elsewhere, several at a time, and told of in order: what comes of one waits for the
/// end of those before it in its context.
///
/// Pure: performs nothing. After each change take `nextJob` and `nextNews` until there is none.
package struct JobRelay: Sendable {
  /// What comes of a job, in order.
  package enum News: Equatable, Sendable {
    case started
    /// Mono, in play order.
    case samples([Int16], rate: Int)
    /// Another stretch of the text is spoken; times of words count from here.
    case speech
    case words([WordTime])
    /// Silence that the text asks for.
    case pause(milliseconds: Int)
    case finished
    indirect case failed(ServiceError)
    /// Whoever does it cannot be reached.
    indirect case lost(ServiceFailure)

    var isLast: Bool {
      switch self {
      case .started, .samples, .speech, .words, .pause: false
      case .finished, .failed, .lost: true
      }
    }
  }

  private struct Entry {
    let job: SynthesisJob
    var isBegun = false
    var isDone = false
    var news: ArraySlice<News> = []
  }

  /// In the order in which they were submitted.
  private var entries: [Entry] = []
  private let limit: Int
  /// The client takes no more for now: nothing further is begun.
  package var isHeld = false

  /// - Parameter limit: jobs at a time.
  package init(limit: Int) { self.limit = max(1, limit) }

  package mutating func submit(_ job: SynthesisJob) { entries.append(Entry(job: job)) }

  /// The job to be begun now, if there is one. What somebody waits for comes before what is ahead.
  package mutating func nextJob() -> SynthesisJob? {
    guard !isHeld, entries.count(where: { $0.isBegun && !$0.isDone }) < limit else { return nil }
    let waiting = entries.indices.filter { !entries[$0].isBegun }
    guard let next = waiting.first(where: isFirstOfContext) ?? waiting.first else { return nil }
    entries[next].isBegun = true
    entries[next].news.append(.started)
    return entries[next].job
  }

  /// The text that follows a job's in its turn, as far as it is known.
  package func text(after job: SynthesisJob) -> String? {
    entries.first { $0.job.context == job.context && $0.job.chunk == job.chunk + 1 }?
      .job.utterance.text
  }

  /// Of a job that was forgotten, nothing is kept.
  package mutating func hear(_ news: News, of job: Int) {
    guard let index = entries.firstIndex(where: { $0.job.id == job }), !entries[index].isDone
    else { return }
    entries[index].news.append(news)
    entries[index].isDone = news.isLast
  }

  /// What can be told now, if anything can.
  package mutating func nextNews() -> (news: News, job: SynthesisJob)? {
    guard
      let index = entries.indices.first(where: {
        !entries[$0].news.isEmpty && isFirstOfContext($0)
      }), let news = entries[index].news.popFirst()
    else { return nil }
    let job = entries[index].job
    if news.isLast { entries.remove(at: index) }
    return (news, job)
  }

  /// - Returns: those that were begun.
  package mutating func forget(_ context: String?) -> [Int] {
    forget { $0.context == context }
  }

  package mutating func forgetAll() -> [Int] { forget { _ in true } }

  private mutating func forget(_ isMeant: (SynthesisJob) -> Bool) -> [Int] {
    let begun = entries.filter { isMeant($0.job) && $0.isBegun }.map(\.job.id)
    entries.removeAll { isMeant($0.job) }
    return begun
  }

  private func isFirstOfContext(_ index: Int) -> Bool {
    !entries[..<index].contains { $0.job.context == entries[index].job.context }
  }
}
