import KugelSystem

/// How loud a sound is as people hear it, by libebur128 (`libebur128.so.1`), which is loaded when it is
/// needed. One owner, no lock.
///
/// Source: ITU-R BS.1770-4, EBU R 128.
@safe package final class LoudnessMeter {
  private let library: LoudnessLibrary
  private var state: OpaquePointer?

  /// - Parameter rate: Hz.
  /// - Returns: nil where the library is not installed.
  package init?(rate: Int) {
    guard let library = LoudnessLibrary.shared else { return nil }
    self.library = library
    guard let made = unsafe library.make(1, UInt(rate), LoudnessLibrary.mode) else { return nil }
    unsafe state = made
  }

  deinit { unsafe library.destroy(&state) }

  /// - Parameter samples: mono, in order.
  package func add(_ samples: [Int16]) {
    guard let state = unsafe state else { return }
    unsafe samples.withUnsafeBufferPointer { buffer in
      _ = unsafe library.add(state, buffer.baseAddress, buffer.count)
    }
  }

  /// LUFS of all of it; nil for silence.
  package var loudness: Double? {
    guard let state = unsafe state else { return nil }
    var value = 0.0
    guard unsafe library.loudness(state, &value) == 0, value.isFinite, value > -70 else {
      return nil
    }
    return value
  }

  /// The highest peak between samples too, 1 is full scale.
  package var truePeak: Double {
    guard let state = unsafe state else { return 0 }
    var value = 0.0
    return unsafe library.peak(state, 0, &value) == 0 ? value : 0
  }

  package static var isThere: Bool { LoudnessLibrary.shared != nil }
}

/// The functions of libebur128 that are used.
@safe private struct LoudnessLibrary: @unchecked Sendable {
  // Unchecked because of the functions' pointer arguments; the functions themselves are constants.
  typealias Make = @convention(c) (UInt32, UInt, CInt) -> OpaquePointer?
  typealias Destroy = @convention(c) (UnsafeMutablePointer<OpaquePointer?>) -> Void
  typealias Add = @convention(c) (OpaquePointer, UnsafePointer<Int16>?, Int) -> CInt
  typealias Loudness = @convention(c) (OpaquePointer, UnsafeMutablePointer<Double>) -> CInt
  typealias Peak = @convention(c) (OpaquePointer, UInt32, UnsafeMutablePointer<Double>) -> CInt

  /// EBUR128_MODE_I and EBUR128_MODE_TRUE_PEAK.
  static let mode: CInt = 0x05 | 0x31

  let make: Make
  let destroy: Destroy
  let add: Add
  let loudness: Loudness
  let peak: Peak

  static let shared = LoudnessLibrary()

  private init?() {
    guard let library = LoadedLibrary("libebur128.so.1"),
      let make = unsafe library.function("ebur128_init", as: Make.self),
      let destroy = unsafe library.function("ebur128_destroy", as: Destroy.self),
      let add = unsafe library.function("ebur128_add_frames_short", as: Add.self),
      let loudness = unsafe library.function("ebur128_loudness_global", as: Loudness.self),
      let peak = unsafe library.function("ebur128_true_peak", as: Peak.self)
    else { return nil }
    unsafe self.make = make
    unsafe self.destroy = destroy
    unsafe self.add = add
    unsafe self.loudness = loudness
    unsafe self.peak = peak
  }
}
