import Glibc
import KugelAudio
import KugelJobs
import KugelNarration
import KugelSystem
import KugelText
import Synchronization

/// Has a speech recogniser listen to the items that were there before anybody asked for that.
final class KeptListening: Sendable {
  private enum News: Sendable {
    case heard(ManifestEntry)
    case failed(place: String, cause: String)
    case signal(CInt)
    case left
  }

  struct Result {
    var failures: [NarrationFailure] = []
    var signal: CInt?
  }

  /// What is listened to: the items, and what the manifest tells of them.
  private let kept: [(item: PlannedItem, entry: ManifestEntry)]
  private let directory: String
  private let inbox: Inbox<News>
  private let next = Mutex(0)
  private let isClosed = Mutex(false)

  /// - Parameter kept: items that are there, with their entries.
  init(_ kept: [(item: PlannedItem, entry: ManifestEntry)], in directory: String) throws {
    self.kept = kept
    self.directory = directory
    inbox = try Inbox<News>()
  }

  /// - Parameter count: of those who listen.
  func run(_ folder: NarrationFolder, count: Int, progress: inout NarrationProgress) throws
    -> Result
  {
    var result = Result()
    try Interruption.watch { [inbox] in inbox.post(.signal($0)) }
    var working = min(count, kept.count)
    let threads = try (0..<working).map { _ in
      try Thread(name: "kugel-listen") { [self] in
        work()
        inbox.post(.left)
      }
    }
    while working > 0 {
      _ = Poller.wait(for: [inbox.descriptor], until: .now + .milliseconds(200))
      var heard: [ManifestEntry] = []
      for news in inbox.drain() {
        switch news {
        case .heard(let entry):
          heard.append(entry)
          progress.spoke(seconds: entry.duration, characters: entry.characters)
          progress.ended()
        case .failed(let place, let cause):
          result.failures.append(NarrationFailure(place: place, cause: cause))
          progress.ended()
        case .signal(let signal):
          result.signal = result.signal ?? signal
          isClosed.withLock { $0 = true }
        case .left: working -= 1
        }
      }
      try folder.note(heard)
      progress.show()
    }
    progress.hide()
    for thread in threads { thread.join() }
    return result
  }

  private func work() {
    guard let listener = NarrationListener() else { return }
    while !isClosed.withLock({ $0 }) {
      let index = next.withLock { next in
        defer { next += 1 }
        return next
      }
      guard index < kept.count else { return }
      let (item, entry) = kept[index]
      do throws(SoundReadError) {
        guard let heard = try listen(to: item, entry, with: listener) else { return }
        inbox.post(.heard(heard))
      } catch {
        inbox.post(.failed(place: item.item.place, cause: "\(item.file): \(error.cause)"))
      }
    }
  }

  /// - Returns: the entry with what is doubted now; nil when nobody wants to know any more.
  private func listen(
    to item: PlannedItem, _ entry: ManifestEntry, with listener: NarrationListener
  ) throws(SoundReadError) -> ManifestEntry? {
    var entry = entry
    let said = item.item.said
    var sound = try KeptSound("\(directory)/\(item.file)", rate: entry.rate)
    let doubted = Set(entry.doubts.map(\.sentence))
    for (index, sentence) in entry.timeline.sentences.enumerated() {
      if isClosed.withLock({ $0 }) { return nil }
      let samples = try sound.take(sentence.samples)
      guard !doubted.contains(index + 1),
        listener.doubts(
          sentence.text.clamped(to: 0..<said.count), of: said, in: samples, entry.rate)
      else { continue }
      let second = Double(max(1, entry.rate))
      entry.doubts.append(
        ManifestEntry.Doubt(
          sentence: index + 1, from: Double(sentence.samples.lowerBound) / second,
          to: Double(sentence.samples.upperBound) / second, kinds: [.unheard]))
    }
    entry.doubts.sort { $0.sentence < $1.sentence }
    entry.state = entry.doubts.isEmpty ? .done : .doubtful
    entry.isVerified = true
    return entry
  }
}
