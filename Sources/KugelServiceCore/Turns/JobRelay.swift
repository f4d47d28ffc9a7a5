import KugelText
import KugelWire

/// Jobs that are done elsewhere, several at a time, and told of in order: what comes of one waits for the
/// end of those before it in its context.
///
/// Pure: performs nothing. After each change take `next` until there is nothing.
package struct JobRelay: Sendable {
  /// What comes of a job, in order.
  package enum News: Equatable, Sendable {
    case started
    /// Mono, in play order.
    case samples([Int16], rate: Int)
    /// Another stretch of the text is spoken; times of words count from here.
    case speech
    case words([WordTime])
    /// The service states that so many more characters are billed.
    case billed(characters: Int)
    /// Silence that the text asks for.
    case pause(milliseconds: Int)
    case finished
    indirect case failed(ServiceError)
    /// Whoever does it cannot be reached.
    indirect case lost(ServiceFailure)

    var isLast: Bool {
      switch self {
      case .started, .samples, .speech, .words, .billed, .pause: false
      case .finished, .failed, .lost: true
      }
    }
  }

  /// What is to be done.
  package enum Step: Sendable {
    /// Begin the job, which says what stands before and behind its text.
    case begin(SynthesisJob)
    case tell(News, of: SynthesisJob)
  }

  private struct Entry {
    let job: SynthesisJob
    var isBegun = false
    var isDone = false
    var news: ArraySlice<News> = []
  }

  /// In the order in which they were submitted.
  private var entries: [Entry] = []
  /// Of each context, the last text that was begun.
  private var begun: [String?: String] = [:]
  private let limit: Int
  /// The client takes no more for now: nothing further is begun.
  package var isHeld = false

  /// - Parameter limit: jobs at a time.
  package init(limit: Int) { self.limit = max(1, limit) }

  package mutating func submit(_ job: SynthesisJob) { entries.append(Entry(job: job)) }

  /// What is to be done now, if anything is. Whoever does it may change what is next.
  package mutating func next() -> Step? { nextJob().map(Step.begin) ?? nextNews() }

  /// The job to be begun now, if there is one. What somebody waits for comes before what is ahead.
  private mutating func nextJob() -> SynthesisJob? {
    guard !isHeld, entries.count(where: { $0.isBegun && !$0.isDone }) < limit else { return nil }
    let waiting = entries.indices.filter { !entries[$0].isBegun }
    guard let next = waiting.first(where: isFirstOfContext) ?? waiting.first else { return nil }
    entries[next].isBegun = true
    entries[next].news.append(.started)
    let job = placed(entries[next].job)
    begun[job.context] = job.utterance.text
    return job
  }

  /// With what is said before and behind, as far as it is known; what the user gave of that is before the first
  /// and behind the last.
  private func placed(_ job: SynthesisJob) -> SynthesisJob {
    var job = job
    if job.chunk > 0 { job.settings.hints.previousText = begun[job.context] }
    let next = entries.first { $0.job.context == job.context && $0.job.chunk == job.chunk + 1 }
    if let next { job.settings.hints.nextText = next.job.utterance.text }
    return job
  }

  /// Of a job that was forgotten, nothing is kept.
  package mutating func hear(_ news: News, of job: Int) {
    guard let index = entries.firstIndex(where: { $0.job.id == job }), !entries[index].isDone
    else { return }
    entries[index].news.append(news)
    entries[index].isDone = news.isLast
  }

  /// What can be told now, if anything can.
  private mutating func nextNews() -> Step? {
    guard
      let index = entries.indices.first(where: {
        !entries[$0].news.isEmpty && isFirstOfContext($0)
      }), let news = entries[index].news.popFirst()
    else { return nil }
    let job = entries[index].job
    if news.isLast { entries.remove(at: index) }
    return .tell(news, of: job)
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
