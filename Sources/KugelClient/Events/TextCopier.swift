import Glibc
import KugelSystem

/// Copies bytes to a descriptor on a thread of its own, so that a slow reader holds up nobody else.
final class TextCopier: Sendable {
  private let pending = Mailbox<[UInt8]>()
  private let thread: Thread

  /// - Parameters:
  ///   - isOwnFile: the descriptor is of a file that only we write, from its start: a piece that finds no
  ///     room leaves nothing of itself.
  ///   - line: told of what has been written.
  ///   - failed: called on the copier's thread with the error number when writing fails.
  init(
    descriptor: CInt, isOwnFile: Bool = false, line: CopiedLine? = nil,
    failed: @escaping @Sendable (CInt) -> Void
  ) throws(SystemError) {
    let pending = pending
    thread = try Thread(name: "kugel-tee") {
      var written = 0
      while let bytes = pending.take() {
        do throws(SystemError) {
          try Descriptor.writeAll(bytes, to: descriptor)
          written += bytes.count
          line?.wrote(bytes)
        } catch {
          if isOwnFile { ftruncate(descriptor, off_t(written)) }
          pending.close()
          failed(error.code)
          return
        }
      }
    }
  }

  /// Pieces that wait to be written.
  var backlog: Int { pending.count }

  func copy(_ bytes: [UInt8]) { pending.post(bytes) }

  /// Returns when everything has been written.
  func finish() {
    pending.close()
    thread.join()
  }
}
