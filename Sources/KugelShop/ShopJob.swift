import Glibc
import KugelEngine
import KugelJobs
import KugelSystem
import KugelText

/// What `kugel voices` does with voices that are not here, or are to go.
package struct ShopJob {
  let shop: VoiceShop
  let engine: EngineName
  let host: Host
  /// With a slash at its end.
  let base: String
  /// Where voices are kept.
  let folder: String

  package static func run(
    _ errand: VoiceErrand, _ engine: EngineName, catalogue: String?, in host: Host
  ) throws -> ExitStatus {
    let job = try ShopJob(engine, catalogue: catalogue, in: host)
    // Before any thread starts, so that none of them takes a signal.
    try job.watch(errand)
    switch errand {
    case .get(let names): try job.get(names)
    case .available(let language, let word, let asJSON):
      try job.list(language: language, word: word, asJSON: asJSON)
    case .remove(let names): try job.remove(names)
    case .add(let paths): try job.add(paths)
    }
    return .done
  }

  private init(_ engine: EngineName, catalogue: String?, in host: Host) throws(UserError) {
    guard let shop = engine.entry?.shop else {
      throw .usage(
        "the engine \(engine.rawValue) has no voices to be fetched",
        hint: "Its voices: kugel voices -e \(engine.rawValue)")
    }
    guard let folder = shop.folder(host.variable) else {
      throw UserError(
        .cannotCreate, "there is no place for voices: neither HOME nor XDG_DATA_HOME is set")
    }
    self.shop = shop
    self.engine = engine
    self.host = host
    self.folder = folder
    let base = catalogue ?? shop.base
    self.base = base.hasSuffix("/") ? base : base + "/"
  }

  // MARK: Coming

  func get(_ names: [String]) throws(UserError) {
    let transfer = Transfer(in: host)
    let all = try voices(transfer)
    var wanted: [ShopVoice] = []
    for name in names { wanted.append(try find(name, in: all)) }
    for voice in wanted {
      do throws(UserError) { try get(voice, transfer) } catch {
        var told = error
        if Self.isBegun(in: draft(of: voice.name)) {
          told.hint = [error.hint, resuming].compactMap(\.self).joined(separator: "\n")
        }
        throw told
      }
    }
  }

  /// What of it came is of use.
  private var resuming: String { "What came is kept: the same command goes on from there." }

  static func isBegun(in draft: String) -> Bool {
    Folder.names(in: draft).contains { name in
      name != DraftLock.name && (try? FileStatus(of: "\(draft)/\(name)"))?.size ?? 0 > 0
    }
  }

  func find(_ name: String, in voices: [ShopVoice]) throws(UserError) -> ShopVoice {
    if let exact = voices.first(where: { $0.name.lowercased() == name.lowercased() }) {
      return exact
    }
    let beginning = voices.filter { $0.name.lowercased().hasPrefix(name.lowercased()) }
    if beginning.count == 1 { return beginning[0] }
    let near = beginning.isEmpty ? nearest(to: name, in: voices.map(\.name)) : beginning.map(\.name)
    throw .usage(
      beginning.isEmpty
        ? "the catalogue has no voice \(quoted(name))" : "\(quoted(name)) begins several voices",
      hint: (near.isEmpty ? "" : "Perhaps: \(near.prefix(8).joined(separator: ", ")). ")
        + "All: kugel voices -e \(engine.rawValue) --available")
  }

  func get(_ voice: ShopVoice, _ transfer: Transfer) throws(UserError) {
    let draft = draft(of: voice.name)
    let lock = try lock(draft, of: voice.name)
    defer { lock.release() }
    if isHere(voice.name) {
      if isWhole(voice) {
        Self.remove(draft)
        host.tell("kugel: \(voice.name) is here already, in \(folder)")
        return
      }
      host.tell(
        "kugel: \(voice.name) is here, but damaged or another than the catalogue's; it is fetched anew")
    }
    try checkRoom(for: voice, draft)
    // The card is small, and what it says is to be known before the rest comes.
    let files = voice.files.sorted { ($0.isCard ? 0 : $0.size) < ($1.isCard ? 0 : $1.size) }
    var line = TransferLine(voice.name, total: voice.size, in: host)
    // What is told next begins a line.
    defer { line.end() }
    for (index, file) in files.enumerated() {
      if index == 0 || !file.isCard && files[index - 1].isCard {
        line.end()
        if index > 0 || !file.isCard { tell(voice, draft) }
      }
      let path = draft + "/" + file.name
      let before = files[..<index].reduce(0) { $0 + $1.size }
      try transfer.fetch(base + file.path, to: path, size: file.size) { line.show(before + $0) }
      try check(file, at: path)
    }
    line.end()
    try settle(voice.name, draft, from: "")
  }

  /// Nothing is begun that cannot be ended.
  private func checkRoom(for voice: ShopVoice, _ draft: String) throws(UserError) {
    let there = voice.files.reduce(0) {
      $0 + ((try? FileStatus(of: "\(draft)/\($1.name)"))?.size ?? 0)
    }
    guard let room = FreeRoom.bytes(at: draft), room < voice.size - there else { return }
    let (needed, free) = ((voice.size - there) / 1_000_000 + 1, room / 1_000_000)
    throw UserError(
      .cannotCreate, "\(voice.name) needs \(needed) MB in \(folder), where \(free) MB are free",
      hint: "Make room there, or name another place with XDG_DATA_HOME.")
  }

  func isHere(_ name: String) -> Bool {
    (try? FileStatus(of: "\(folder)/\(name)\(shop.ends.last ?? "")")) != nil
  }

  /// Whether what is here can be used, and its largest file, the model, is the catalogue's. The others may be
  /// the user's own.
  private func isWhole(_ voice: ShopVoice) -> Bool {
    guard shop.flaw(folder, voice.name) == nil,
      let model = voice.files.max(by: { $0.size < $1.size })
    else { return false }
    let path = "\(folder)/\(model.name)"
    return (try? FileStatus(of: path))?.size == model.size && (try? sum(of: path)) == model.md5
  }

  func tell(_ voice: ShopVoice, _ draft: String) {
    let card = voice.files.first(where: \.isCard).flatMap {
      try? SmallFile.read(draft + "/" + $0.name)
    }
    let licence = card.flatMap { shop.licence(String(decoding: $0, as: UTF8.self)) }
    host.tell(
      "kugel: \(voice.name): \(voice.remark), licence \(licence ?? "not known"), to \(folder)")
  }

  func check(_ file: ShopVoice.File, at path: String) throws(UserError) {
    let found: String
    do throws(SystemError) { found = try sum(of: path) } catch {
      throw UserError(.ioFailed, "cannot read \(path): \(error.cause)")
    }
    guard found == file.md5 else {
      unsafe unlink(path.nameBytes)
      throw UserError(
        .unavailable, "\(base + file.path) is not what the catalogue says (its checksum is wrong)",
        hint: "Nothing was installed. Try again, or name another catalogue with --catalogue URL.")
    }
  }

  private func sum(of path: String) throws(SystemError) -> String {
    var sum = MD5()
    let descriptor = try Descriptor.open(path, O_RDONLY)
    defer { close(descriptor) }
    while let piece = try Descriptor.readPiece(descriptor) { sum.add(piece) }
    return sum.finish()
  }

  func draft(of name: String) -> String { "\(folder)/.\(name).part" }

  /// The voice is there with its last file, and not before.
  ///
  /// - Parameter origin: what stands for the draft's folder in words, with a slash at its end.
  func settle(_ name: String, _ draft: String, from origin: String) throws(UserError) {
    if let flaw = shop.flaw(draft, name) {
      Self.remove(draft)
      throw UserError(
        .badInput, flaw.replacing("\(draft)/", with: origin), hint: "Nothing was installed.")
    }
    for end in shop.ends {
      let (from, to) = ("\(draft)/\(name)\(end)", "\(folder)/\(name)\(end)")
      guard unsafe rename(from.nameBytes, to.nameBytes) == 0 || errno == ENOENT else {
        throw UserError(.cannotCreate, "cannot create \(to): \(SystemError.latest.cause)")
      }
    }
    Self.remove(draft)
    host.tell("kugel: \(name) is there. Try: kugel say -e \(engine.rawValue) -v \(name) Hello")
  }
}
