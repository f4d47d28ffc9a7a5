import CSndfile
import Glibc
import KugelSystem

/// A file in memory that may still grow while libsndfile reads it: whoever reads waits for what has not
/// come.
@safe package final class GrowingFile: Sendable {
  private struct State {
    var bytes: [UInt8]
    var position = 0
    var isWhole: Bool

    var unread: Int { bytes.count - position }
  }

  /// Heads of files are read in requests up to this size, and must not come in parts.
  private static let smallRequest = 512
  private let state: Monitor<State>

  package init(_ bytes: [UInt8] = [], isWhole: Bool = false) {
    state = Monitor(State(bytes: bytes, isWhole: isWhole))
  }

  package func append(_ bytes: [UInt8]) { state.change { $0.bytes += bytes } }

  /// Nothing more will come.
  package func end() { state.change { $0.isWhole = true } }

  /// Nothing more will come, and nothing of it is wanted: whoever reads is at the end. One that is whole is
  /// read to its end.
  func abandon() {
    state.change { if !$0.isWhole { $0 = State(bytes: [], isWhole: true) } }
  }

  /// Returns when nothing more will come.
  func waitForEnd() { state.wait { $0.isWhole ? () : nil } }

  /// Of one that grows nobody knows.
  fileprivate var length: Int { state.withLock { $0.isWhole ? $0.bytes.count : Int.max } }

  fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let least = min(buffer.count, Self.smallRequest)
    return state.wait { state -> Int? in
      guard state.unread >= least || state.isWhole else { return nil }
      let count = max(0, min(buffer.count, state.unread))
      let range = state.position..<state.position + count
      unsafe state.bytes.withUnsafeBytes { all in
        unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[range]))
      }
      state.position += count
      return count
    }
  }

  /// What has not come is refused, and so is the end: who looks for the length there guesses how many samples
  /// an MP3 file without a table has, and reads no more.
  fileprivate func seek(_ offset: Int, from origin: CInt) -> Int {
    state.withLock { state in
      let place =
        switch origin {
        case SEEK_SET: offset
        case SEEK_CUR: state.position + offset
        default: -1
        }
      guard (0...state.bytes.count).contains(place) else { return -1 }
      state.position = place
      return place
    }
  }

  fileprivate func tell() -> Int { state.withLock { $0.position } }

  static var operations: SF_VIRTUAL_IO {
    unsafe SF_VIRTUAL_IO(
      get_filelen: { context in sf_count_t(unsafe growingFile(context).length) },
      seek: { offset, origin, context in
        sf_count_t(unsafe growingFile(context).seek(Int(offset), from: origin))
      },
      read: { buffer, count, context in
        let room = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
        return sf_count_t(unsafe growingFile(context).read(into: room))
      },
      write: { _, _, _ in 0 },
      tell: { context in sf_count_t(unsafe growingFile(context).tell()) })
  }

  /// Unretained: who opened the file for libsndfile keeps it alive as long.
  var context: UnsafeMutableRawPointer { unsafe Unmanaged.passUnretained(self).toOpaque() }
}

private func growingFile(_ context: UnsafeMutableRawPointer?) -> GrowingFile {
  // libsndfile hands back the pointer it was opened with.
  unsafe Unmanaged<GrowingFile>.fromOpaque(context.unsafelyUnwrapped).takeUnretainedValue()
}
