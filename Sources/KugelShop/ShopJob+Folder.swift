import Glibc
import KugelEngine
import KugelJobs
import KugelSystem
import KugelText

extension ShopJob {
  // MARK: From this machine, and going

  func add(_ paths: [String]) throws(UserError) {
    let end = shop.ends.last ?? ""
    for path in paths {
      let isFolder = (try? FileStatus(of: path))?.kind == .directory
      let models =
        isFolder
        ? Folder.names(in: path).filter { $0.hasSuffix(end) }.sorted().map { path + "/" + $0 }
        : [path]
      guard !models.isEmpty, models.allSatisfy({ $0.hasSuffix(end) }) else {
        throw .usage("\(path) is no voice: its name does not end with \(end)")
      }
      for model in models { try add(model: String(model.dropLast(end.count)), end) }
    }
  }

  func add(model stem: String, _ end: String) throws(UserError) {
    let name = String(
      stem[(stem.lastIndex(of: "/").map { stem.index(after: $0) } ?? stem.startIndex)...])
    let draft = draft(of: name)
    let lock = try lock(draft, of: name)
    defer { lock.release() }
    for end in shop.ends {
      // A card may lie beside several voices of one folder.
      let beside = Self.parent(of: stem) + "/MODEL_CARD"
      let sources = [stem + end] + (end == shop.ends.first ? [beside] : [])
      guard let source = sources.first(where: { (try? FileStatus(of: $0)) != nil }) else {
        continue
      }
      do throws(SystemError) { try Self.copy(source, to: "\(draft)/\(name)\(end)") } catch {
        Self.remove(draft)
        throw UserError(.cannotCreate, "cannot copy \(source) to \(draft): \(error.cause)")
      }
    }
    let parent = Self.parent(of: stem)
    try settle(name, draft, from: stem.contains("/") ? parent + "/" : "")
  }

  private static func copy(_ source: String, to target: String) throws(SystemError) {
    let from = try Descriptor.open(source, O_RDONLY)
    defer { close(from) }
    let to = try Descriptor.open(target, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
    defer { close(to) }
    while let piece = try Descriptor.readPiece(from) { try Descriptor.writeAll(piece, to: to) }
  }

  func remove(_ names: [String]) throws(UserError) {
    let end = shop.ends.last ?? ""
    let here = Folder.names(in: folder).filter { $0.hasSuffix(end) }
      .map { String($0.dropLast(end.count)) }
    for name in names {
      let found = try find(name, among: here.sorted())
      for end in shop.ends.reversed() {
        guard unsafe unlink("\(folder)/\(found)\(end)".nameBytes) == 0 || errno == ENOENT else {
          throw UserError(
            .cannotCreate, "cannot remove \(folder)/\(found)\(end): \(SystemError.latest.cause)")
        }
      }
      Self.remove(draft(of: found))
      shop.forget(host.variable)
      host.tell("kugel: \(found) is gone")
    }
  }

  /// In full, or a beginning that only one has.
  private func find(_ name: String, among here: [String]) throws(UserError) -> String {
    let wanted = name.lowercased()
    if let exact = here.first(where: { $0.lowercased() == wanted }) { return exact }
    let beginning = here.filter { $0.lowercased().hasPrefix(wanted) }
    if beginning.count == 1, !wanted.isEmpty { return beginning[0] }
    let several = beginning.count > 1 && !wanted.isEmpty
    let shown = (several ? beginning : here).joined(separator: ", ")
    throw .usage(
      several
        ? "\(quoted(name)) begins several voices"
        : "there is no voice \(quoted(name)) in \(folder)",
      hint: here.isEmpty
        ? "Only what was fetched or added is removed; the rest is the system's."
        : "There are: \(shown)")
  }

  static func remove(_ folder: String) {
    for name in Folder.names(in: folder) { unsafe unlink("\(folder)/\(name)".nameBytes) }
    unsafe rmdir(folder.nameBytes)
  }
}
