// Laid into each module that uses Synchronization's Mutex, for the build with the thread sanitizer only:
// a declaration of the module's own counts more than one that is imported.
import Glibc

/// A mutex of the system's, which the sanitizer knows.
@safe final class Mutex<Value>: @unchecked Sendable {
  // Unchecked because `kept` is reached by several threads; every access happens with `lock` held.
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  // With something beside it: a value without a size would stand where the object's own head is read.
  private var kept: (value: Value, size: UInt8)

  init(_ initial: consuming sending Value) {
    unsafe lock = .allocate(capacity: 1)
    unsafe pthread_mutex_init(lock, nil)
    kept = (initial, 0)
  }

  deinit {
    unsafe pthread_mutex_destroy(lock)
    unsafe lock.deallocate()
  }

  func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return try body(&kept.value)
  }

  func withLockIfAvailable<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result? {
    guard unsafe pthread_mutex_trylock(lock) == 0 else { return nil }
    defer { unsafe pthread_mutex_unlock(lock) }
    return try body(&kept.value)
  }
}
