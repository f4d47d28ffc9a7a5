import Glibc
import KugelJobs
import KugelNarration
import KugelSystem

// How what was made gets into the manifest, and its name.
extension NarrationFolder {
  /// Makes what is whole last, and gives it its name.
  ///
  /// - Returns: what found no room for its line in the manifest; nothing is left of it.
  func commit(_ made: [Made]) throws(UserError) -> [Made] {
    guard !made.isEmpty else { return [] }
    for item in made {
      for file in item.files where file.name.contains("/") {
        let folder = file.name[..<(file.name.lastIndex(of: "/") ?? file.name.startIndex)]
        try Self.call { () throws(SystemError) in try Folder.makeAll("\(path)/\(folder)") }
      }
    }
    try Self.call { () throws(SystemError) in
      try DiskFlush.flush(made.flatMap { $0.files.map(\.part) } + [work], on: lock)
    }
    let lost = try appendWhatFits(made)
    for item in made.dropLast(lost.count) {
      for file in item.files { try give(file.part, file.name) }
    }
    return lost
  }

  /// On a full disk the sound of the last ones makes room for the lines of the others.
  ///
  /// - Returns: the last ones, of which nothing is left.
  private func appendWhatFits(_ made: [Made]) throws(UserError) -> [Made] {
    var fitting = made[...]
    while !fitting.isEmpty {
      do throws(SystemError) {
        try append(fitting.map(\.entry))
        break
      } catch {
        guard error.isFull else { throw Self.unkept(error) }
        for file in fitting.removeLast().files { unsafe unlink(file.part.nameBytes) }
      }
    }
    return Array(made[fitting.endIndex...])
  }

  /// Tells of files that are made elsewhere and have their names; or of some that are gone: those must not
  /// count before they are made again, as what lies in the hidden folder could not be told from what is
  /// whole.
  func note(_ entries: [ManifestEntry]) throws(UserError) {
    guard !entries.isEmpty else { return }
    try Self.call { () throws(SystemError) in try append(entries) }
  }

  private func append(_ entries: [ManifestEntry]) throws(SystemError) {
    let length = try FileStatus(of: log).size
    do throws(SystemError) {
      try Self.write(entries, to: log)
      try DiskFlush.flush(log)
    } catch {
      // A torn line would spoil the next one.
      ftruncate(log, off_t(length))
      throw error
    }
    took(entries)
  }

  /// In pieces, as the lines of long items are long.
  static func write(
    _ entries: some Sequence<ManifestEntry>, to descriptor: CInt
  ) throws(SystemError) {
    var lines: [UInt8] = []
    for entry in entries {
      lines += entry.line
      guard lines.count > 1 << 16 else { continue }
      try Descriptor.writeAll(lines, to: descriptor)
      lines.removeAll(keepingCapacity: true)
    }
    try Descriptor.writeAll(lines, to: descriptor)
  }
}
