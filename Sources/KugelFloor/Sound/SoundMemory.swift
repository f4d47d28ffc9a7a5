import Glibc
import KugelQueue
import KugelSystem

/// What was received of the item that is said, in a file of the runtime folder that nobody else can read:
/// so one can go back in it, and hear it again when its process has gone. A ring: the oldest makes room.
package final class SoundMemory {
  /// Samples that are kept: ten minutes of one voice, 29 MB.
  package static let usualCapacity = 24_000 * 600
  /// Bytes of a file before the samples.
  static let headerSize = 4096

  private let folder: String
  private let path: String
  private let capacity: Int
  /// -1 before there is something to keep, and where it cannot be kept.
  private var file: CInt = -1
  private var isBroken = false
  private var isKept = false
  /// Samples appended since the item began.
  private var count = 0

  /// - Parameter id: as the item's; nobody else's.
  package init(folder: String, id: Int32, capacity: Int = SoundMemory.usualCapacity) {
    self.folder = folder
    path = QueueFolder.sound(id, in: folder)
    self.capacity = capacity
  }

  deinit { forget() }

  /// Another item begins.
  package func begin() { forget() }

  private func forget() {
    if file >= 0 {
      close(file)
      if !isKept { unsafe unlink(path.nameBytes) }
    }
    (file, isBroken, isKept, count) = (-1, false, false, 0)
  }

  package func append(_ samples: [Int16]) {
    guard !isBroken, !samples.isEmpty else { return }
    if file < 0 {
      unsafe unlink(path.nameBytes)
      file = (try? Descriptor.open(path, O_RDWR | O_CREAT | O_EXCL, mode: 0o600)) ?? -1
    }
    // Without room for it there is no going back; the sound is heard all the same.
    isBroken = file < 0 || !write(samples[...], at: count)
    count += samples.count
  }

  private func write(_ samples: ArraySlice<Int16>, at position: Int) -> Bool {
    var (rest, place) = (samples, position % capacity)
    while !rest.isEmpty {
      let piece = rest.prefix(capacity - place)
      let written = unsafe piece.withUnsafeBytes { bytes in
        (try? unsafe Descriptor.write(bytes, to: file, at: Self.headerSize + 2 * place))
          == bytes.count
      }
      guard written else { return false }
      (rest, place) = (rest.dropFirst(piece.count), 0)
    }
    return true
  }

  /// - Parameter position: samples of the item before them.
  /// - Returns: so many, or fewer where they are not kept.
  package func read(from position: Int, count wanted: Int) -> [Int16] {
    guard !isBroken, file >= 0, position >= max(0, count - capacity) else { return [] }
    let limit = min(wanted, count - position, capacity - position % capacity)
    guard limit > 0 else { return [] }
    return RingFile.read(file, at: position % capacity, count: limit)
  }

  /// The item is over, and can be heard again from now on.
  ///
  /// - Parameter about: what it was; its samples are set here.
  package func keep(_ about: LastSound.Title) {
    guard !isBroken, file >= 0, !isKept else { return }
    var about = about
    about.samples = max(0, count - capacity)..<count
    about.capacity = capacity
    var header = about.json
    guard header.count <= Self.headerSize else { return }
    header += [UInt8](repeating: 0x20, count: Self.headerSize - header.count)
    let written = unsafe header.withUnsafeBytes { bytes in
      (try? unsafe Descriptor.write(bytes, to: file, at: 0)) == bytes.count
    }
    guard written else { return }
    isKept = unsafe rename(path.nameBytes, LastSound.path(in: folder).nameBytes) == 0
  }
}

/// Samples in a file, behind its header.
enum RingFile {
  static func read(_ file: CInt, at place: Int, count: Int) -> [Int16] {
    unsafe [Int16](unsafeUninitializedCapacity: count) { buffer, initialized in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      let offset = SoundMemory.headerSize + 2 * place
      let read = try? unsafe Descriptor.read(file, into: bytes, at: offset)
      initialized = (read ?? 0) / 2
    }
  }
}
