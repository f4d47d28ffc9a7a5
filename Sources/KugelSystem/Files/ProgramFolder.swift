import Glibc

/// The folder that this program's own file is in: what was unpacked there together with it belongs to it.
package enum ProgramFolder {
  /// - Returns: where something of this name lies beside the program, else nil. Links to the program are
  ///   followed to it.
  package static func path(of name: String) -> String? {
    guard let folder else { return nil }
    let path = folder + "/" + name
    return (try? FileStatus(of: path)) == nil ? nil : path
  }

  /// Without a slash at its end; nil where the system does not tell.
  package static var folder: String? {
    let program = unsafe [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      count = max(0, unsafe readlink("/proc/self/exe", start, buffer.count))
    }
    return program.lastIndex(of: UInt8(ascii: "/")).map { String(systemName: program[..<$0]) }
  }
}
