import CSndfile
import Glibc
import KugelSystem

/// A file in memory that may still grow while libsndfile reads it: whoever reads waits for what has not
/// come.
@safe package final class GrowingFile: Sendable {
  private struct State {
    /// From `base` on; what is before has been read and is gone.
    var bytes: [UInt8]
    var base = 0
    var position = 0
    var isWhole: Bool
    /// Unread bytes that the reader waits for; 0 while it does not.
    var awaited = 0
    var hasReader = true
    /// Heads of files are read in requests up to this size, and must not come in parts.
    var least = 512

    /// Where another file begins: who reads Ogg reads ahead, and would swallow it.
    var next: Int?
    private var searched = 1

    var end: Int { base + bytes.count }
    var unread: Int { (next ?? end) - position }
    /// Nothing more of this file will come.
    var isComplete: Bool { next != nil || isWhole }

    init(bytes: [UInt8], isWhole: Bool) {
      self.bytes = bytes
      self.isWhole = isWhole
    }

    /// Looks for the first page of another stream.
    mutating func findNext() {
      guard next == nil, base > 0 || bytes.starts(with: "OggS".utf8) else { return }
      let first = Array("OggS\0\u{2}".utf8)
      var at = max(searched, base)
      while at + first.count <= end {
        if bytes[(at - base)...].starts(with: first) {
          next = at
          return
        }
        at += 1
      }
      searched = at
    }
  }

  /// Bytes read that stay, for readers that go back a little.
  private static let memory = 1 << 16
  private static let plenty = 8192

  private let state: Monitor<State>
  /// Readers of what is there from the beginning may go anywhere.
  private let mayForget: Bool

  package init(_ bytes: [UInt8] = [], isWhole: Bool = false) {
    state = Monitor(State(bytes: bytes, isWhole: isWhole))
    mayForget = !isWhole
  }

  // MARK: For who brings it

  func append(_ bytes: [UInt8]) {
    state.change { state in
      state.bytes += bytes
      state.findNext()
    }
  }

  /// Nothing more will come.
  func end() { state.change { $0.isWhole = true } }

  /// Nothing more will come, and nothing of it is wanted: whoever reads is at the end. One that is whole is
  /// read to its end.
  func abandon() {
    state.change { state in
      if !state.isWhole { (state.bytes, state.base, state.isWhole) = ([], state.position, true) }
    }
  }

  /// Returns when the reader waits for more than has come, or reads no more.
  func waitForReader() {
    state.wait { state in
      let isWaiting = state.awaited > state.unread && !state.isComplete
      return isWaiting || !state.hasReader ? () : nil
    }
  }

  // MARK: For who reads it

  /// Heads have been read: from now on it takes what there is.
  func takesParts() { state.change { $0.least = 1 } }

  var hasPlenty: Bool { state.withLock { $0.unread > Self.plenty } }
  /// Whether all of it has come, and been read.
  var isRead: Bool { state.withLock { $0.isWhole && $0.unread <= 0 } }

  func readerLeft() { state.change { $0.hasReader = false } }

  /// What has been read was a file of its own. Waits for what follows, and is that from then on.
  ///
  /// - Returns: false when nothing does.
  func beginsAnew() -> Bool {
    state.change { $0.awaited = 1 }
    return state.wait { state -> Bool? in
      guard state.next != nil || state.unread > 0 else { return state.isWhole ? false : nil }
      let start = (state.next ?? state.position) - state.base
      state = State(bytes: Array(state.bytes[start...]), isWhole: state.isWhole)
      state.findNext()
      return true
    }
  }

  /// Of one that grows nobody knows.
  fileprivate var length: Int { state.withLock { $0.isComplete ? $0.next ?? $0.end : Int.max } }

  fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    state.change { $0.awaited = min(buffer.count, $0.least) }
    return state.wait { state -> Int? in
      guard state.unread >= state.awaited || state.isComplete else { return nil }
      state.awaited = 0
      let count = max(0, min(buffer.count, state.unread))
      let start = state.position - state.base
      unsafe state.bytes.withUnsafeBytes { all in
        unsafe buffer.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: all[start..<start + count]))
      }
      state.position += count
      if mayForget { Self.forget(&state) }
      return count
    }
  }

  private static func forget(_ state: inout State) {
    let old = state.position - state.base - memory
    guard old > 4 * memory else { return }
    state.bytes.removeFirst(old)
    state.base += old
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
      guard (state.base...state.end).contains(place) else { return -1 }
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
