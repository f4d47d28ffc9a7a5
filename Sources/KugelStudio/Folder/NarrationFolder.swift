import Glibc
import KugelJobs
import KugelNarration
import KugelSystem

/// A directory of narrated files with its manifest. One process at a time has it.
///
/// A file is first made whole in a hidden folder within. Then the manifest tells of it, and only then
/// it gets its name: whenever the power goes, what has a name is whole, and what the manifest tells of is
/// there or waits in the hidden folder, from where the next run takes it.
@safe final class NarrationFolder {
  /// What is made for one item, whole, in the hidden folder.
  struct Made {
    var entry: ManifestEntry
    /// Where each file is, and its name below the directory; the sound first.
    var files: [(part: String, name: String)]
    /// LU that the sound is less loud than was asked for.
    var shortfall = 0.0
  }

  private static let workName = ".kugel-narrate"

  let path: String
  private(set) var manifest: Manifest
  let lock: CInt
  /// The manifest's file.
  let log: CInt
  var work: String { "\(path)/\(Self.workName)" }
  private var manifestPath: String { "\(path)/\(Manifest.fileName)" }

  /// - Throws: 73 when it cannot be made, 75 when another process has it, 65 for a manifest that is none.
  init(_ path: String) throws(UserError) {
    self.path = path
    do throws(SystemError) {
      try Folder.makeAll(path)
      lock = try Descriptor.open(path, O_RDONLY | O_DIRECTORY)
    } catch {
      throw UserError(.cannotCreate, "cannot create \(path): \(error.cause)")
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      throw UserError(
        .tryAgain, "another kugel narrates into \(path)",
        hint: "Wait for it, or give this one a directory of its own with -O DIR.")
    }
    var opened: CInt = -1
    do {
      opened = try Self.openLog(in: path)
      manifest = try Self.read(opened, at: "\(path)/\(Manifest.fileName)")
      log = opened
      try Self.call { () throws(SystemError) in try Folder.make("\(path)/\(Self.workName)") }
    } catch {
      if opened >= 0 { close(opened) }
      close(lock)
      throw error
    }
    try recover()
  }

  deinit {
    close(log)
    close(lock)
  }

  private static func openLog(in path: String) throws(UserError) -> CInt {
    let name = "\(path)/\(Manifest.fileName)"
    do throws(SystemError) {
      return try Descriptor.open(name, O_RDWR | O_CREAT | O_APPEND)
    } catch {
      guard (try? FileStatus(of: name)) == nil else {
        throw UserError(.cannotCreate, "cannot write \(name): \(error.cause)")
      }
      throw UserError(.cannotCreate, "cannot make files in \(path): \(error.cause)")
    }
  }

  /// What the manifest of a directory tells, which nobody is about to change.
  static func look(_ path: String) throws(UserError) -> Manifest {
    let name = "\(path)/\(Manifest.fileName)"
    guard let descriptor = try? Descriptor.open(name, O_RDONLY) else { return Manifest() }
    defer { close(descriptor) }
    return try read(descriptor, at: name)
  }

  private static func read(_ descriptor: CInt, at name: String) throws(UserError) -> Manifest {
    let bytes = try call { () throws(SystemError) in try Descriptor.readToEnd(descriptor) }
    do throws(ManifestError) {
      let manifest = try Manifest(bytes)
      if manifest.wholeBytes < bytes.count { ftruncate(descriptor, off_t(manifest.wholeBytes)) }
      return manifest
    } catch {
      throw UserError(
        .badInput, "\(name):\(error.line): this is no line of a manifest of kugel narrate",
        hint: "Move the file away, or give another directory with -O DIR.")
    }
  }

  /// What was whole when the last run ended gets its name, and what was not goes.
  private func recover() throws(UserError) {
    let parts = Folder.names(in: work)
    guard !parts.isEmpty else { return }
    var owners: [String: ManifestEntry] = [:]
    for entry in manifest.entries where entry.state != .gone {
      owners[Self.partName(entry.file, entry.hash)] = entry
    }
    for part in parts.sorted() {
      let whole = "\(work)/\(part)"
      let dot = part.firstIndex(of: ".")
      let stem = dot.map { String(part[..<$0]) } ?? part
      let ending = dot.map { String(part[part.index(after: $0)...]) }
      if let entry = owners[stem], isWhole(whole, ending, of: entry) {
        let name =
          ending.map { FileName.changing(entry.file, ending: $0) } ?? entry.file
        // What stands in its way is somebody else's, and told with the item.
        if (try? give(whole, name)) != nil { continue }
      }
      unsafe unlink(whole.nameBytes)
    }
  }

  /// Subtitles that were made later than their sound have another ending, and are made again.
  private func isWhole(_ part: String, _ ending: String?, of entry: ManifestEntry) -> Bool {
    guard let ending else { return size(of: part) == entry.bytes }
    return SubtitleKind(rawValue: ending).map(entry.subtitles.contains) ?? false
  }

  // MARK: - What is there

  func state(of file: String) -> FileState { Self.state(of: file, in: path) }

  static func state(of file: String, in path: String) -> FileState {
    guard let status = try? FileStatus(ofLink: "\(path)/\(file)") else { return .absent }
    // What is no file has no size that it could have been made with.
    return .present(status.kind == .regular ? status.size : -1)
  }

  private func size(of path: String) -> Int? { try? FileStatus(of: path).size }

  // MARK: - Making

  /// Where a file grows.
  ///
  /// - Parameter ending: of what stands beside the sound; nil is the sound.
  func part(_ file: String, hash: String, ending: String? = nil) -> String {
    Self.part(file, hash: hash, ending: ending, in: path)
  }

  static func part(
    _ file: String, hash: String, ending: String? = nil, in path: String
  ) -> String {
    "\(path)/\(workName)/" + partName(file, hash) + (ending.map { ".\($0)" } ?? "")
  }

  private static func partName(_ file: String, _ hash: String) -> String {
    "\(hash)-\(SHA256.hex(file).prefix(12))"
  }

  /// What the manifest's file tells now, too.
  func took(_ entries: [ManifestEntry]) { for entry in entries { manifest.take(entry) } }

  func give(_ part: String, _ name: String) throws(UserError) {
    guard unsafe rename(part.nameBytes, "\(path)/\(name)".nameBytes) == 0 else {
      let error = SystemError.latest
      throw UserError(.ioFailed, "cannot name \(path)/\(name): \(error.cause)")
    }
  }

  func remove(_ file: String) { unsafe unlink("\(path)/\(file)".nameBytes) }

  // MARK: - The end

  /// Leaves the manifest in the order of the list, each file once.
  ///
  /// - Parameter names: of the list.
  func settle(inOrderOf names: [String]) throws(UserError) {
    fsync(lock)
    if manifest.entries.isEmpty {
      unsafe unlink(manifestPath.nameBytes)
    } else if manifest.isLong || !isInOrder(names) {
      // On a full disk it stays as it is: in another order, and no less true.
      if let draft = try sorted(names) {
        try give(draft, Manifest.fileName)
        fsync(lock)
      }
    }
    for part in Folder.names(in: work) { unsafe unlink("\(work)/\(part)".nameBytes) }
    unsafe rmdir(work.nameBytes)
  }

  /// - Returns: nil when there is no room for it.
  private func sorted(_ names: [String]) throws(UserError) -> String? {
    let draft = "\(work)/manifest"
    do throws(SystemError) {
      let descriptor = try Descriptor.open(draft, O_WRONLY | O_CREAT | O_TRUNC)
      defer { close(descriptor) }
      try Self.write(manifest.entries(inOrderOf: names), to: descriptor)
      try DiskFlush.flush(descriptor)
      return draft
    } catch {
      guard error.isFull else { throw Self.unkept(error) }
      return nil
    }
  }

  private func isInOrder(_ names: [String]) -> Bool {
    var own = names.lazy.filter { [manifest] in manifest.entry(of: $0) != nil }.makeIterator()
    var entries = manifest.entries.makeIterator()
    while let name = own.next() {
      guard entries.next()?.file == name else { return false }
    }
    return true
  }

  static func call<Result>(
    _ body: () throws(SystemError) -> Result
  ) throws(UserError) -> Result {
    do throws(SystemError) { return try body() } catch { throw unkept(error) }
  }

  static func unkept(_ error: SystemError) -> UserError {
    UserError(.ioFailed, "the manifest cannot be kept: \(error.cause)")
  }
}
