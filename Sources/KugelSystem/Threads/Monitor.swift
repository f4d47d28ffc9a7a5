import Glibc

/// A value that threads share, and may wait on until another thread has changed it.
///
/// `Synchronization.Mutex` guards a value but offers nothing to wait on.
@safe package final class Monitor<State>: @unchecked Sendable {
  // Unchecked because the C objects behind the pointers are reached by several threads; every access
  // to `state` happens with `mutex` held.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var state: State

  package init(_ state: sending State) {
    self.state = state
    unsafe mutex = .allocate(capacity: 1)
    unsafe changed = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(changed, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(mutex)
    unsafe changed.deallocate()
    unsafe mutex.deallocate()
  }

  /// Reads or changes the value; other threads wait meanwhile, so be brief.
  package func withLock<Result, Failure: Error>(
    _ body: (inout State) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return try body(&state)
  }

  /// Changes the value, then lets every waiting thread look at it again.
  package func change<Result, Failure: Error>(
    _ body: (inout State) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    unsafe pthread_mutex_lock(mutex)
    defer {
      unsafe pthread_mutex_unlock(mutex)
      unsafe pthread_cond_broadcast(changed)
    }
    return try body(&state)
  }

  /// Lets every waiting thread look at the value again, after a change that `withLock` made and that not
  /// always concerns them.
  package func wake() { unsafe pthread_cond_broadcast(changed) }

  /// Waits until `body` returns something; it is asked at once and after every change.
  ///
  /// What `body` then did to the value counts as a change.
  package func wait<Result>(for body: (inout State) -> sending Result?) -> sending Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let result = body(&state) {
        unsafe pthread_cond_broadcast(changed)
        return result
      }
      unsafe pthread_cond_wait(changed, mutex)
    }
  }
}
