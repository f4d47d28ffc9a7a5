import Glibc
import KugelEngine
import KugelJobs
import KugelScreen
import KugelSystem
import KugelText

extension ShopJob {
  // MARK: The catalogue

  /// Kept for a day.
  func voices(_ transfer: Transfer) throws(UserError) -> [ShopVoice] {
    let cache = cacheFile
    if let cache, let text = Self.fresh(cache), let voices = try? shop.read(text) { return voices }
    let scratch = cache == nil ? try Self.scratch() : nil
    let path = cache.map { "\($0).\(getpid())" } ?? "\(scratch ?? "")/list"
    defer {
      unsafe unlink(path.nameBytes)
      if let scratch { unsafe rmdir(scratch.nameBytes) }
    }
    try transfer.fetch(base + shop.list, to: path, size: nil, limit: 16 << 20)
    do {
      let bytes = try Self.read(path)
      let voices = try shop.read(bytes)
      if let cache { unsafe rename(path.nameBytes, cache.nameBytes) }
      return voices
    } catch {
      let cause = (error as? ShopError)?.cause ?? "cannot be read"
      throw UserError(
        .protocolError, "\(base + shop.list) \(cause)",
        hint: "Name another catalogue with --catalogue URL.")
    }
  }

  /// Where nothing can be kept.
  private static func scratch() throws(UserError) -> String {
    var template = "/tmp/kugel-voices.XXXXXX".nameBytes
    guard unsafe mkdtemp(&template) != nil else {
      throw UserError(.cannotCreate, "cannot create a folder in /tmp: \(SystemError.latest.cause)")
    }
    return String(systemName: template.dropLast().map { UInt8(bitPattern: $0) })
  }

  /// nil where none can be written.
  private var cacheFile: String? {
    let given = host.variable("XDG_CACHE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = host.variable("HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    let folder = (given ?? home.map { $0 + "/.cache" }).map { $0 + "/kugel/voices" }
    let name = base.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
    guard let folder else { return nil }
    try? Folder.makeAll(folder, mode: 0o700)
    let path = "\(folder)/\(engine.rawValue)-\(String(name.suffix(120)))"
    return unsafe access(folder.nameBytes, W_OK | X_OK) == 0 || Self.fresh(path) != nil ? path : nil
  }

  private static func fresh(_ path: String) -> [UInt8]? {
    var status = stat()
    guard unsafe stat(path.nameBytes, &status) == 0,
      0..<86_400 ~= time(nil) - status.st_mtim.tv_sec
    else { return nil }
    return try? read(path)
  }

  private static func read(_ path: String) throws(SystemError) -> [UInt8] {
    let file = try Descriptor.open(path, O_RDONLY)
    defer { close(file) }
    return try Descriptor.readToEnd(file, atMost: 16 << 20)
  }

  static func parent(of path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }

  func list(language: String?, word: String?, asJSON: Bool) throws(UserError) {
    let installed = Set(Folder.names(in: folder))
    let wanted = try voices(Transfer(in: host)).filter { voice in
      let tag = language?.lowercased()
      return
        (tag.map { tag in
          voice.languages.contains { $0 == tag || $0.hasPrefix(tag + "-") }
        } ?? true) && (word.map { voice.name.lowercased().contains($0.lowercased()) } ?? true)
    }
    let listed = wanted.enumerated().map { number, voice in
      var listed = Voice(
        id: number, name: voice.name, languages: voice.languages, handle: voice.name)
      listed.isCalledByHandle = true
      listed.remark =
        voice.remark
        + (installed.contains(voice.name + (shop.ends.last ?? "")) ? ", installed" : "")
      return listed
    }
    try host.print(
      asJSON ? VoiceJSON.text(listed) : VoiceTable.text(listed, within: host.tableWidth))
    if listed.isEmpty { host.tell("kugel: the catalogue \(base) has no such voice") }
  }
}
