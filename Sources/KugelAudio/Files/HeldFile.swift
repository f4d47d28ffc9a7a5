import Glibc
import KugelSystem
import Synchronization

/// A sound file that is to replace another one, until it is known whether it became what it should be.
///
/// The sink hands it over complete; whoever ran the whole decides. Then it takes the place of the old file,
/// or it is a fragment and is kept beside that under a name that says so.
package final class HeldFile: Sendable {
  private struct Waiting {
    let scratch: String
    let target: String
    /// As the user gave it.
    let name: String
  }

  private let waiting = Mutex<Waiting?>(nil)

  package init() {}

  deinit { _ = try? settle(isWhole: false) }

  /// - Parameter scratch: is complete and closed.
  func hold(_ scratch: String, for file: FileTarget) {
    waiting.withLock { $0 = Waiting(scratch: scratch, target: file.path, name: file.name) }
  }

  /// Gives the file its name; there may be none.
  ///
  /// - Returns: what is to be said of a fragment.
  package func settle(isWhole: Bool) throws(SinkError) -> String? {
    guard let file = waiting.withLock({ $0.take() }) else { return nil }
    do throws(SystemError) {
      guard isWhole else {
        return Self.remark(
          file.name, fragment: try UnfinishedFiles.keep(file.scratch, beside: file.target))
      }
      try UnfinishedFiles.settle(file.scratch) { () throws(SystemError) in
        try Fragment.call(unsafe rename(file.scratch.nameBytes, file.target.nameBytes))
      }
      return nil
    } catch {
      throw .failed(
        target: file.name, cause: "\(error.cause); the sound is in \(file.scratch)")
    }
  }
}

extension HeldFile {
  static func remark(_ name: String, fragment: String) -> String {
    "\(name) is as it was; what was made of it this time is in \(fragment)"
  }
}

/// What is left of a file that did not become whole.
enum Fragment {
  /// Names it after the file that it was to replace, which stays.
  ///
  /// - Returns: its name.
  static func keep(_ scratch: String, beside target: String) throws(SystemError) -> String {
    for number in 1...1000 {
      let name = name(of: target, number)
      if unsafe link(scratch.nameBytes, name.nameBytes) == 0 {
        unsafe unlink(scratch.nameBytes)
        return name
      }
      let error = SystemError.latest
      if error.code == EEXIST { continue }
      // A file system without links.
      guard (try? FileStatus(ofLink: name)) == nil else { throw error }
      try call(unsafe rename(scratch.nameBytes, name.nameBytes))
      return name
    }
    throw SystemError(code: EEXIST)
  }

  /// `a.wav` becomes `a.cut.wav`, then `a.cut-2.wav`.
  static func name(of target: String, _ number: Int) -> String {
    let mark = number == 1 ? ".cut" : ".cut-\(number)"
    let start = target.utf8.lastIndex(of: UInt8(ascii: "/")).map(target.utf8.index(after:))
    let name = target[(start ?? target.startIndex)...]
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return target + mark }
    return target[..<dot] + mark + target[dot...]
  }

  static func call(_ result: CInt) throws(SystemError) {
    if result != 0 { throw .latest }
  }
}
