import Glibc
import KugelSystem

/// Voices that were prepared for a quick start, below the user's folder for caches.
///
/// A folder is there whole or not at all: it is made beside its name and renamed.
struct PreparedStore {
  /// nil where the user has none.
  let folder: String?

  /// - Parameter variable: of the environment.
  init(_ variable: (String) -> String?) {
    let given = variable("XDG_CACHE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = variable("HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    folder = (given ?? home.map { $0 + "/.cache" }).map { $0 + "/kugel/piper" }
  }

  init(folder: String?) { self.folder = folder }

  /// One model as one library takes it: another size, time or place of the file is another model.
  struct Key: Equatable {
    let name: String

    init?(model path: String, library version: String) {
      var status = stat()
      guard unsafe stat(path.nameBytes, &status) == 0 else { return nil }
      let identity = [
        Int(status.st_dev), Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec,
        status.st_mtim.tv_nsec,
      ]
      let hash = identity.reduce(UInt64(14_695_981_039_346_656_037)) { hash, number in
        (0..<8).reduce(hash) { hash, byte in
          (hash ^ UInt64(truncatingIfNeeded: number >> (8 * byte)) & 0xFF) &* 1_099_511_628_211
        }
      }
      let plain = version.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") }
      name = "\(String(hash, radix: 16))-\(plain)-\(PreparedPlan.format)"
    }
  }

  static let (encoder, front, flow) = ("encoder.ort", "front.ort", "flow.ort")
  static let (vocoder, plan) = ("vocoder.ort", "plan")

  func path(of key: Key) -> String? { folder.map { "\($0)/\(key.name)" } }

  /// - Returns: nil where nothing whole is kept.
  func plan(of key: Key) -> PreparedPlan? {
    guard let path = path(of: key),
      let bytes = try? SmallFile.read(path + "/" + Self.plan),
      let plan = PreparedPlan(text: String(decoding: bytes, as: UTF8.self)),
      Self.parts(plan).allSatisfy({ name, part in size(path + "/" + name) == part.size })
    else { return nil }
    return plan
  }

  private static func parts(_ plan: PreparedPlan) -> [(name: String, part: PreparedPlan.Part)] {
    [
      plan.encoder.map { (encoder, $0) }, (front, plan.front), plan.flow.map { (flow, $0) },
      plan.vocoder.map { (vocoder, $0) },
    ].compactMap(\.self)
  }

  private func size(_ path: String) -> Int? { (try? FileStatus(of: path))?.size }

  /// - Returns: a new folder to write into, which `keep` makes the key's own.
  func begin(_ key: Key) throws(SystemError) -> String? {
    guard let folder else { return nil }
    try Folder.makeAll(folder, mode: 0o700)
    let draft = "\(folder)/\(key.name).\(getpid())"
    Self.remove(draft)
    try Folder.make(draft, mode: 0o700)
    return draft
  }

  /// - Parameter plan: with what is known of the model; the sizes are looked up.
  func keep(_ draft: String, _ key: Key, _ plan: PreparedPlan) throws(SystemError) {
    guard let path = path(of: key) else { return }
    var plan = plan
    func size(_ name: String) throws(SystemError) -> Int {
      try FileStatus(of: draft + "/" + name).size
    }
    if plan.encoder != nil { plan.encoder?.size = try size(Self.encoder) }
    plan.front.size = try size(Self.front)
    if plan.flow != nil { plan.flow?.size = try size(Self.flow) }
    if plan.vocoder != nil { plan.vocoder?.size = try size(Self.vocoder) }
    try SmallFile.replace(draft + "/" + Self.plan, with: plan.text, mode: 0o600)
    Self.remove(path)
    guard unsafe rename(draft.nameBytes, path.nameBytes) == 0 else {
      let error = SystemError.latest
      Self.remove(draft)
      // Another process was quicker.
      if error.code == EEXIST || error.code == ENOTEMPTY { return }
      throw error
    }
    dropOthers(than: key)
  }

  func discard(_ key: Key) {
    if let path = path(of: key) { Self.remove(path) }
  }

  /// Prepared files are as large as voices: those not used for long go when a new one comes.
  private func dropOthers(than key: Key) {
    guard let folder else { return }
    var kept: [(path: String, time: Int)] = []
    for name in Folder.names(in: folder) where name != key.name {
      var status = stat()
      let path = "\(folder)/\(name)"
      guard unsafe stat((path + "/" + Self.front).nameBytes, &status) == 0 else { continue }
      kept.append((path, max(status.st_atim.tv_sec, status.st_mtim.tv_sec)))
    }
    for entry in kept.sorted(by: { $0.time > $1.time }).dropFirst(Self.most) {
      Self.remove(entry.path)
    }
  }

  private static let most = 12

  static func remove(_ path: String) {
    for name in Folder.names(in: path) { unsafe unlink("\(path)/\(name)".nameBytes) }
    unsafe rmdir(path.nameBytes)
  }
}
