import Glibc
import KugelSystem

extension PreparedStore {
  /// Others that stay, the last used ones.
  private static let most = 12

  /// Prepared files are as large as voices. So they go with the voice, and when it is another one now; when
  /// another library or another kugel prepared it anew; when nobody ends what was begun; and when many others
  /// were used since.
  func sweep(keeping key: Key? = nil) {
    guard let folder else { return }
    var kept: [(path: String, time: Int)] = []
    for name in Folder.names(in: folder) where name != key?.name {
      let path = "\(folder)/\(name)"
      if let process = name.split(separator: ".").last.flatMap({ pid_t($0) }) {
        if kill(process, 0) != 0, errno == ESRCH { Self.remove(path) }
        continue
      }
      var status = stat()
      guard let bytes = try? SmallFile.read(path + "/" + Self.plan),
        let plan = PreparedPlan(text: String(decoding: bytes, as: UTF8.self)),
        let identity = Key.identity(of: plan.model), name.hasPrefix(identity + "-"),
        identity != key?.identity,
        unsafe stat((path + "/" + Self.front).nameBytes, &status) == 0
      else {
        Self.remove(path)
        continue
      }
      kept.append((path, max(status.st_atim.tv_sec, status.st_mtim.tv_sec)))
    }
    for entry in kept.sorted(by: { $0.time > $1.time }).dropFirst(Self.most) {
      Self.remove(entry.path)
    }
  }

  /// How many are there, and their bytes.
  var content: (count: Int, bytes: Int) {
    guard let folder else { return (0, 0) }
    let names = Folder.names(in: folder)
    let bytes = names.reduce(0) { sum, name in
      [Self.encoder, Self.front, Self.flow, Self.vocoder].reduce(sum) {
        $0 + ((try? FileStatus(of: "\(folder)/\(name)/\($1)"))?.size ?? 0)
      }
    }
    return (names.count, bytes)
  }

  /// Why nothing can be kept; nil where that can be.
  var trouble: String? {
    guard var path = folder else { return nil }
    while path.utf8.count > 1, (try? FileStatus(of: path)) == nil {
      path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }
    if path.isEmpty { path = "/" }
    if (try? FileStatus(of: path))?.kind != .directory { return "\(path) is no folder" }
    // Rights alone do not tell: a folder of the kernel, or of a disk that is only read.
    let trial = "\(path)/.kugel.\(getpid())"
    do throws(SystemError) { try Folder.make(trial, mode: 0o700) } catch { return error.cause }
    unsafe rmdir(trial.nameBytes)
    return nil
  }
}
