import CFileSystem
import Glibc

/// Has the disk keep what was written, before anybody is told that it is there.
package enum DiskFlush {
  /// Files from which on it is quicker to write out the whole file system.
  private static let few = 8

  /// - Parameters:
  ///   - paths: of files and folders.
  ///   - folder: a descriptor of one on the same file system.
  package static func flush(_ paths: [String], on folder: CInt) throws(SystemError) {
    guard paths.count < few else {
      guard kugel_syncfs(folder) == 0 else { throw .latest }
      return
    }
    for path in paths {
      let descriptor = try Descriptor.open(path, O_RDONLY)
      defer { close(descriptor) }
      try flush(descriptor)
    }
  }

  /// - Parameter descriptor: of a file or a folder.
  package static func flush(_ descriptor: CInt) throws(SystemError) {
    guard fsync(descriptor) == 0 else { throw .latest }
  }
}
