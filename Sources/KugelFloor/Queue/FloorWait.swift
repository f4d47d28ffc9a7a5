import Glibc
import KugelQueue
import KugelSystem

/// Waiting for the speakers: looks now and then, and tells who is waited for.
struct FloorWait {
  enum Look: Equatable {
    case granted
    case dropped(QueueRules.Drop)
    /// Nobody waits here any more.
    case unwanted
    /// Look again after so long.
    case wait(Duration)
  }

  /// How often is looked who comes first, and by the one who does whether the speakers are free.
  private static let (interval, nearInterval) = (
    Duration.milliseconds(40), Duration.milliseconds(4)
  )
  /// What a suspended process has given to a device sounds for so long at most. A sound server holds three periods of
  /// 120 ms and has mixed one, and 280 ms more were seen where it had just begun.
  static let grace = Duration.milliseconds(820)
  /// A wait that is no longer is none.
  private static let patience = Duration.milliseconds(300)

  private let lock: FloorLock
  private let place: QueuePlace
  private let folder: String
  private let take: () -> Bool
  private let start = ContinuousClock.now
  private var lookedAt: ContinuousClock.Instant?
  private var verdict = QueueRules.Verdict.next
  /// Who it was told is waited for.
  private var toldOf: FloorNotice?
  private var passed: Set<Int32> = []
  private var idle: (process: pid_t, since: ContinuousClock.Instant)?

  /// - Parameter take: takes the speakers if they are free.
  init(lock: FloorLock, place: QueuePlace, folder: String, take: @escaping () -> Bool) {
    self.lock = lock
    self.place = place
    self.folder = folder
    self.take = take
  }

  mutating func look(told: (FloorNotice) -> Void) -> Look {
    guard place.item != nil else { return .unwanted }
    let now = ContinuousClock.now
    if lookedAt.map({ now - $0 >= Self.interval }) ?? true { lookAround(at: now, told) }
    if case .drop(let why) = verdict { return .dropped(why) }
    if verdict == .next, take() {
      // Somebody may have come meanwhile who goes first.
      verdict = place.verdict() ?? .next
      if verdict == .next { return .granted }
      lock.release()
      place.change { $0.state = .waiting }
    }
    return .wait(verdict == .next ? Self.nearInterval : Self.interval)
  }

  private mutating func lookAround(at now: ContinuousClock.Instant, _ told: (FloorNotice) -> Void) {
    lookedAt = now
    guard let item = place.item else { return }
    let entries = QueueFolder.entries(in: folder)
    verdict = QueueRules.verdict(on: item, among: entries, at: QueueClock.now)
    passHolder(at: now, told)
    for entry in QueueRules.ahead(of: item, among: entries)
    where entry.condition == .suspended && passed.insert(entry.item.process).inserted {
      told(.passing(entry.item.process))
    }
    guard now - start > Self.patience else { return }
    let speaking = entries.first { $0.item.state == .speaking && $0.condition == .working }?.item
    // Between two that speak there is nobody to be named.
    guard speaking != nil || toldOf == nil else { return }
    let notice = FloorNotice.waiting(
      for: speaking?.process ?? lock.holder, source: speaking?.wish.source)
    if notice != toldOf { told(notice) }
    toldOf = notice
  }

  private mutating func passHolder(
    at now: ContinuousClock.Instant, _ told: (FloorNotice) -> Void
  ) {
    guard let holder = lock.idleHolder else {
      idle = nil
      return
    }
    guard let idle, idle.process == holder else {
      self.idle = (holder, now)
      return
    }
    guard now - idle.since >= Self.grace, let other = lock.passSuspended() else { return }
    self.idle = nil
    if passed.insert(other).inserted { told(.passing(other)) }
  }
}
