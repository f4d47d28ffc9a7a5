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
    let draft = try draft(for: name)
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
    try settle(name, draft)
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
      guard let found = here.first(where: { $0.lowercased() == name.lowercased() }) else {
        throw .usage(
          "there is no voice \(quoted(name)) in \(folder)",
          hint: here.isEmpty ? nil : "There are: \(here.sorted().joined(separator: ", "))")
      }
      for end in shop.ends.reversed() {
        guard unsafe unlink("\(folder)/\(found)\(end)".nameBytes) == 0 || errno == ENOENT else {
          throw UserError(
            .cannotCreate, "cannot remove \(folder)/\(found)\(end): \(SystemError.latest.cause)")
        }
      }
      Self.remove("\(folder)/.\(found).part")
      host.tell("kugel: \(found) is gone")
    }
  }

  static func remove(_ folder: String) {
    for name in Folder.names(in: folder) { unsafe unlink("\(folder)/\(name)".nameBytes) }
    unsafe rmdir(folder.nameBytes)
  }
}
