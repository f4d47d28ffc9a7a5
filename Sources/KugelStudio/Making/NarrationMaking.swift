import Glibc
import KugelAudio
import KugelJobs
import KugelNarration
import KugelScreen
import KugelSystem

/// Has items made, gives what is whole its name, and shows how far it is.
final class NarrationMaking {
  struct Result {
    var items = 0
    var seconds = 0.0
    /// Items that are less loud than was asked for, and by how many LU at most.
    var quieter = (count: 0, most: 0.0)
    /// By the item's index, a fragment without a stop.
    var failures: [Int: String] = [:]
    var signal: CInt?
    /// What the others would have met too.
    var broken: UserError?
  }

  private let request: NarrateRequest
  private let folder: NarrationFolder
  private let host: Host
  private var progress: NarrationProgress
  private var result = Result()
  /// Made and not yet on the disk, since a moment.
  private var waiting: [(index: Int, made: NarrationFolder.Made)] = []
  private var waitingSince: ContinuousClock.Instant?

  /// The disk is waited for once for so many items, or for those of such a time: it takes as long for one
  /// as for all of them.
  private static let (mostWaiting, longestWait) = (128, Duration.milliseconds(250))

  /// LU that are worth a word.
  private static let audible = 0.5

  init(_ request: NarrateRequest, _ folder: NarrationFolder, total: Int, in host: Host) {
    self.request = request
    self.folder = folder
    self.host = host
    progress = NarrationProgress(total: total, characters: 0, request.speech.run, in: host)
  }

  /// - Parameter known: of the voices.
  func make(_ tasks: ItemTasks, known: [String: Proof]) throws -> Result {
    let inbox = try Inbox<NarrationNews>()
    let desk = NarrationDesk(tasks, known: known, inbox: inbox)
    let count = min(workers, tasks.count)
    progress = NarrationProgress(
      total: tasks.count, characters: tasks.characters, request.speech.run, in: host)
    LocalEngine.prepare(
      request.speech.engine, voice: request.speech.voice, language: request.speech.language)
    try Interruption.watch { inbox.post(.signal($0)) }
    let local =
      request.speech.engine.isRemote
      ? nil
      : try LocalEngine(
        request.speech, concurrency: count, isRepeatable: true, in: host)
    let hands = hands(for: count, of: tasks.count, isLocal: local != nil)
    let crew = try NarrationCrew(request, desk, count: hands, local: local, in: host)
    var working = hands
    while working > 0 {
      _ = Poller.wait(
        for: [inbox.descriptor],
        until: min(.now + .milliseconds(200), keptLatest ?? .now + .seconds(1)))
      for news in inbox.drain() {
        switch news {
        case .progress(let seconds, let characters):
          progress.spoke(seconds: seconds, characters: characters)
        case .ended(let index, .made(let item)):
          waiting.append((index, item))
          waitingSince = waitingSince ?? .now
        case .ended(let index, .failed(let cause)): failed(index, cause, desk)
        case .broken(let error): result.broken = result.broken ?? error
        case .signal(let signal):
          result.signal = result.signal ?? signal
          crew.stop(by: signal)
        case .workerLeft: working -= 1
        }
      }
      if working == 0 || waiting.count >= Self.mostWaiting
        || keptLatest.map({ $0 <= .now }) ?? false
      {
        try keep(desk, crew)
      }
      progress.show()
    }
    crew.join()
    progress.hide()
    return result
  }

  private var keptLatest: ContinuousClock.Instant? { waitingSince.map { $0 + Self.longestWait } }

  private func keep(_ desk: NarrationDesk, _ crew: NarrationCrew) throws {
    let made = waiting
    (waiting, waitingSince) = ([], nil)
    let lost: Int
    do throws(UserError) {
      lost = try folder.commit(made.map(\.made)).count
    } catch {
      crew.stop(by: SIGTERM)
      crew.join()
      progress.hide()
      throw error
    }
    for item in made.suffix(lost) { failed(item.index, SystemError(code: ENOSPC).cause, desk) }
    for (_, item) in made.dropLast(lost) {
      result.seconds += item.entry.duration
      if item.shortfall >= Self.audible {
        result.quieter = (result.quieter.count + 1, max(result.quieter.most, item.shortfall))
      }
      progress.ended()
      guard request.speech.run.isVerbose else { continue }
      progress.hide()
      host.tell("kugel: made \(item.entry.file), \(StatusLine.clock(item.entry.duration))")
    }
    result.items += made.count - lost
    desk.settled(made.count - lost)
  }

  private func failed(_ index: Int, _ cause: String, _ desk: NarrationDesk) {
    result.failures[index] = cause
    progress.ended()
    desk.settled(1)
    if request.failsFast { desk.close() }
  }

  /// Where several processes of an engine speak, one more item is under way: while one is written none of them waits.
  private func hands(for workers: Int, of items: Int, isLocal: Bool) -> Int {
    isLocal && workers > 1 ? min(workers + 1, items) : workers
  }

  /// As many as the machine has cores, or two connections.
  private var workers: Int {
    request.workers ?? (request.speech.engine.isRemote ? 2 : LocalEngine.cores)
  }
}
