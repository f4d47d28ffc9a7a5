import Glibc
import KugelSystem

/// Files that tell of a run.
enum ReportFile {
  /// Finds out before anything is made what would fail afterwards.
  static func check(_ path: String, overwrite: Bool) throws(UserError) {
    do throws(UserError) { try BenchOutput.check(path, overwrite: overwrite) } catch {
      throw error.about("report")
    }
  }

  static func write(_ bytes: [UInt8], to path: String) throws(UserError) {
    do throws(SystemError) {
      try SmallFile.replace(path, with: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw UserError(.ioFailed, "\(path): \(error.cause)")
    }
  }
}
