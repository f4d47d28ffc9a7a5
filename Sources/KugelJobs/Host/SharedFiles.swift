import KugelSystem

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
    uses.add(text, host)
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
    uses.add(text, host)
    if self.run.file?.path == "-" || self.run.events == .standardOutput {
      uses.add(host.standardOutput, called: "standard output", isWritten: true)
    }
    try uses.refuseConflicts()
  }
}

extension BenchRequest {
  /// - Throws: 64 when a file is named twice that is written.
  package func refuseSharedFiles(in host: Host) throws(UserError) {
    var uses = FileUses()
    if case .file(let path) = text { uses.read(path, by: "--text") }
    uses.read(compare, by: "--compare")
    for subject in subjects { uses.add(subject.service) }
    uses.add(TextRequest(), host)
    for (option, path) in [("--json", json), ("--csv", csv), ("--svg", svg)] {
      uses.write(path, by: option)
    }
    try uses.refuseConflicts()
  }
}

extension FileUses {
  /// - Throws: 64 when a file is named twice that is written.
  package func refuseConflicts() throws(UserError) {
    guard let conflict else { return }
    throw .usage(
      "\(conflict.first) and \(conflict.second) mean the same file, \(conflict.path)",
      hint: "Give each a file of its own.")
  }

  fileprivate mutating func add(_ service: ServiceRequest?) {
    if case .file(let path)? = service?.key { read(path, by: "the key") }
    read(service?.authorities, by: "--ca")
  }

  fileprivate mutating func add(_ text: TextRequest, _ host: Host) {
    for path in text.lexicons { read(path, by: "--lexicon") }
    for path in host.configurationFiles { read(path, by: "the configuration") }
  }

  fileprivate mutating func add(_ run: RunRequest) {
    if case .file(let path)? = run.events { write(path, by: "--events") }
    write(run.file?.path, by: "-o")
    write(run.subtitles?.path, by: "--subs")
  }
}
