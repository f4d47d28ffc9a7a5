import Glibc
import KugelEngine
import KugelSystem
import Synchronization

/// Processes that have the library, started when they are needed, each speaking for one thread at a time.
final class EspeakProcesses: EspeakVoicing, EspeakPhonemising {
  private struct State {
    var free: [Entry] = []
    /// Those that are free, lent or being started.
    var count = 0
    var rate: Int?
  }

  private struct Entry {
    var process: EspeakProcess
    /// The voice's file that it spoke with last; another takes it some time to load.
    var identifier: String?
  }

  private let program: String
  private let limit: Int
  private let givesWay: Bool
  private let state = Monitor(State())

  /// - Parameters:
  ///   - program: becomes a process of the engine with the words `_engine espeak`.
  ///   - limit: most processes.
  ///   - givesWay: whether a core is rather had by who hands on what was made.
  init(program: String, limit: Int, givesWay: Bool = false) {
    self.program = program
    self.limit = max(1, limit)
    self.givesWay = givesWay
  }

  var concurrency: Int { limit }

  var rate: Int {
    if let rate = state.withLock({ $0.rate }) { return rate }
    do throws(EspeakFailure) {
      return try lend(for: nil) { (process) throws(EspeakFailure) in try process.rate() }
    } catch { return EspeakLibrary.usualRate }
  }

  func prepare() throws(EngineError) {
    do throws(EspeakFailure) {
      _ = try lend(for: nil) { (process) throws(EspeakFailure) in try process.rate() }
    } catch {
      switch error {
      case .refused(let reason): throw reason
      case .died(let cause): throw Self.unstartable(cause)
      }
    }
  }

  /// The system takes a while to clear a process away: it begins here, and nobody waits for it.
  func rest() {
    for entry in state.withLock({ $0.free }) { entry.process.dismiss() }
  }

  func speak(_ request: EspeakRequest, take: (EspeakSound) -> Bool) throws(EspeakFailure) {
    try lend(for: request.identifier) { (process) throws(EspeakFailure) in
      try process.speak(request, take: take)
    }
  }

  func phonemise(_ request: PhonemeRequest) throws(EspeakFailure) -> [[PhonemeClause]] {
    try lend(for: request.identifier) { (process) throws(EspeakFailure) in
      try process.phonemise(request)
    }
  }

  /// - Parameter identifier: a voice's file; nil when none is needed.
  private func lend<Result>(
    for identifier: String?, _ body: (EspeakProcess) throws(EspeakFailure) -> Result
  ) throws(EspeakFailure) -> Result {
    let process = try ready(for: identifier)
    do throws(EspeakFailure) {
      let result = try body(process)
      giveBack(process, speaking: identifier)
      return result
    } catch {
      if case .died = error { forget() } else { giveBack(process, speaking: nil) }
      throw error
    }
  }

  /// Borrows one that runs. One that dies as it begins may have been killed; two of them would not be the last.
  private func ready(for identifier: String?) throws(EspeakFailure) -> EspeakProcess {
    var mayDie = true
    while true {
      let process = try borrow(for: identifier)
      guard process.isIntact else {
        forget()
        continue
      }
      do throws(EspeakFailure) {
        let rate = try process.rate()
        state.withLock { $0.rate = rate }
        return process
      } catch {
        guard case .died(let cause) = error else {
          giveBack(process, speaking: nil)
          throw error
        }
        forget()
        guard mayDie else { throw .refused(Self.unstartable(cause)) }
        mayDie = false
      }
    }
  }

  /// Those that wait for work.
  var idle: [pid_t] { state.withLock { $0.free.map(\.process.identity) } }

  private func giveBack(_ process: EspeakProcess, speaking identifier: String?) {
    // Of those that nobody asks for for long, one that was killed would stay a corpse until then. They
    // end outside of the lock.
    _ = state.change { state in
      let dead = state.free.filter { !$0.process.isIntact }
      state.free.removeAll { entry in dead.contains { $0.process === entry.process } }
      state.count -= dead.count
      state.free.append(Entry(process: process, identifier: identifier))
      return dead
    }
  }

  private func forget() { state.change { $0.count -= 1 } }

  private func borrow(for identifier: String?) throws(EspeakFailure) -> EspeakProcess {
    let limit = limit
    let free: EspeakProcess?? = state.wait { state in
      if let index = state.free.lastIndex(where: { $0.identifier == identifier })
        ?? state.free.indices.last
      {
        return .some(state.free.remove(at: index).process)
      }
      guard state.count < limit else { return nil }
      state.count += 1
      return .some(nil)
    }
    if case .some(.some(let process)) = free { return process }
    do throws(EngineError) {
      let forked = Self.forked.withLock { $0.take() }
      let process = if let forked { forked } else { try EspeakProcess(.program(program)) }
      if givesWay { process.giveWay() }
      return process
    } catch {
      forget()
      throw .refused(error)
    }
  }

  private static func unstartable(_ cause: String) -> EngineError {
    .unavailable(engine: EspeakEngine.name, cause: "its process ended as it began (\(cause))")
  }
}

extension EspeakProcesses {
  /// Made before this process had a second thread, for whoever needs one first.
  private static let forked = Mutex<EspeakProcess?>(nil)

  /// Copies this process, if it has one thread only: cheaper than a program started anew.
  ///
  /// - Parameter identifier: the file of the voice that will probably speak.
  static func fork(expecting identifier: String?) {
    forked.withLock { forked in
      // Without one a process is started when it is needed, and says what is wrong.
      if forked == nil, hasOneThread { forked = try? EspeakProcess(.fork) }
      if let forked, let identifier { forked.expect(identifier) }
    }
  }

  private static var hasOneThread: Bool {
    var status = stat()
    // Links of the folder of threads: itself, its parent, and one for each thread.
    return unsafe stat("/proc/self/task", &status) == 0 && status.st_nlink == 3
  }
}
