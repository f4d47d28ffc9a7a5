import KugelSystem

/// The files that one run reads and writes, to find those that are named twice.
package struct FileUses {
  private struct Use {
    let option: String
    let path: String
    let place: FilePlace
    let isWritten: Bool
  }

  private var uses: [Use] = []

  package init() {}

  /// - Parameters:
  ///   - path: nil and `-` are no files of their own.
  ///   - option: as the user wrote it.
  package mutating func read(_ path: String?, by option: String) { add(path, option, false) }
  package mutating func write(_ path: String?, by option: String) { add(path, option, true) }

  /// What a shell has connected.
  package mutating func add(_ descriptor: CInt, called name: String, isWritten: Bool) {
    guard let status = try? FileStatus(of: descriptor), status.kind == .regular else { return }
    uses.append(
      Use(option: name, path: name, place: .file(status.identity), isWritten: isWritten))
  }

  private mutating func add(_ path: String?, _ option: String, _ isWritten: Bool) {
    guard let path, path != "-", let place = FilePlace(path) else { return }
    // Pipes, terminals and the like are no places where something is lost.
    if let status = try? FileStatus(of: path), status.kind != .regular { return }
    uses.append(Use(option: option, path: path, place: place, isWritten: isWritten))
  }

  /// - Throws: 64 when something would be written over what is read, or two things to one place.
  package func refuseConflicts() throws(UserError) {
    for (index, use) in uses.enumerated() {
      for other in uses[..<index]
      where use.place == other.place && (use.isWritten || other.isWritten) {
        throw .usage(
          "\(other.option) and \(use.option) mean the same file, \(use.path)",
          hint: "Give each a file of its own.")
      }
    }
  }
}

extension SpeechRequest {
  /// - Throws: 64 when a file is named twice that is written.
  package func refuseSharedFiles(in host: Host) throws(UserError) {
    var uses = FileUses()
    switch source {
    case .words: break
    case .standardInput: uses.add(host.standardInput, called: "standard input", isWritten: false)
    case .files(let paths): for path in paths { uses.read(path, by: "-f") }
    }
    uses.add(service)
    uses.add(run)
    if tee != nil || self.run.file?.path == "-" || self.run.events == .standardOutput
      || style != nil
    {
      uses.add(host.standardOutput, called: "standard output", isWritten: true)
    }
    try uses.refuseConflicts()
  }
}

extension ScriptRequest {
  /// - Throws: 64 when a file is named twice that is written.
  package func refuseSharedFiles(in host: Host) throws(UserError) {
    var uses = FileUses()
    uses.read(path, by: "the script")
    if path == nil { uses.add(host.standardInput, called: "standard input", isWritten: false) }
    uses.add(service)
    uses.add(run)
    if self.run.file?.path == "-" || self.run.events == .standardOutput {
      uses.add(host.standardOutput, called: "standard output", isWritten: true)
    }
    try uses.refuseConflicts()
  }
}

extension FileUses {
  fileprivate mutating func add(_ service: ServiceRequest?) {
    if case .file(let path)? = service?.key { read(path, by: "the key") }
    read(service?.authorities, by: "--ca")
  }

  fileprivate mutating func add(_ run: RunRequest) {
    if case .file(let path)? = run.events { write(path, by: "--events") }
    write(run.file?.path, by: "-o")
    write(run.subtitles?.path, by: "--subs")
  }
}
