import Glibc
import KugelJobs
import KugelNarration
import KugelSystem

/// Files that tell of a run. A run that goes on where another ended replaces what that told, and nothing of
/// anybody else.
enum ReportFile {
  /// Finds out before anything is made what would fail afterwards.
  ///
  /// - Throws: 73 when somebody else made what has the name, or nothing can be made there.
  static func check(_ path: String, overwrite: Bool) throws(UserError) {
    let isOurs = signatures.contains { begins(path, with: $0) }
    do throws(UserError) { try BenchOutput.check(path, overwrite: overwrite || isOurs) } catch {
      throw error.about("report")
    }
  }

  /// With what our reports and pages begin.
  private static let signatures = [
    Array(#"{"version":1,"items":"#.utf8), Array(ReportPage.signature.utf8),
  ]

  private static func begins(_ path: String, with signature: [UInt8]) -> Bool {
    guard let descriptor = try? Descriptor.open(path, O_RDONLY) else { return false }
    defer { close(descriptor) }
    let head = try? Descriptor.readPiece(descriptor)
    return head.flatMap(\.self)?.starts(with: signature) ?? false
  }

  /// The page that is written with a report of JSON.
  static func page(beside path: String) -> String {
    let plain = path.lowercased().hasSuffix(".json") ? String(path.dropLast(5)) : path
    return plain + ".html"
  }

  static func write(_ bytes: [UInt8], to path: String) throws(UserError) {
    do throws(SystemError) {
      try SmallFile.replace(path, with: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw UserError(.ioFailed, "\(path): \(error.cause)")
    }
  }
}
