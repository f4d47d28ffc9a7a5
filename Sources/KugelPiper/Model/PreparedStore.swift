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
    /// The voice's file.
    let model: String
    /// What of the name is the file's.
    let identity: String

    init?(model path: String, library version: String) {
      guard let identity = Self.identity(of: path) else { return nil }
      self.identity = identity
      model = Self.absolute(path)
      let plain = version.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") }
      name = "\(identity)-\(plain)-\(PreparedPlan.format)"
    }

    private static func absolute(_ path: String) -> String {
      guard !path.hasPrefix("/"), let folder = unsafe getcwd(nil, 0) else { return path }
      defer { unsafe free(folder) }
      return unsafe String(cString: folder) + "/" + path
    }

    /// - Returns: nil where there is no file.
    static func identity(of path: String) -> String? {
      var status = stat()
      guard unsafe stat(path.nameBytes, &status) == 0 else { return nil }
      let numbers = [
        Int(status.st_dev), Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec,
        status.st_mtim.tv_nsec,
      ]
      let hash = numbers.reduce(UInt64(14_695_981_039_346_656_037)) { hash, number in
        (0..<8).reduce(hash) { hash, byte in
          (hash ^ UInt64(truncatingIfNeeded: number >> (8 * byte)) & 0xFF) &* 1_099_511_628_211
        }
      }
      return String(hash, radix: 16)
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
      Self.parts(plan).allSatisfy({ name, part in
        Self.stamp(path + "/" + name) == part.stamp
      })
    else { return nil }
    return plan
  }

  private static func parts(_ plan: PreparedPlan) -> [(name: String, part: PreparedPlan.Part)] {
    [
      plan.encoder.map { (encoder, $0) }, (front, plan.front), plan.flow.map { (flow, $0) },
      plan.vocoder.map { (vocoder, $0) },
    ].compactMap(\.self)
  }

  /// Whoever writes into a file changes its times, and the second of them cannot be set back: so damage is
  /// seen without reading 60 MB at each start, which would take longer than all the rest.
  private static func stamp(_ path: String) -> String? {
    var status = stat()
    guard unsafe stat(path.nameBytes, &status) == 0, status.st_size > 0 else { return nil }
    let times = [status.st_mtim, status.st_ctim].map { "\($0.tv_sec).\($0.tv_nsec)" }
    return "\(status.st_size) \(times[0]) \(times[1])"
  }

  /// - Returns: a new folder to write into, which `keep` makes the key's own.
  func begin(_ key: Key) throws(SystemError) -> String? {
    guard let folder else { return nil }
    try Folder.makeAll(folder, mode: 0o700)
    let draft = "\(folder)/\(key.name).\(getpid())"
    Self.remove(draft)
    try Folder.make(draft, mode: 0o700)
    return draft
  }

  /// - Parameter plan: with what is known of the model; what tells its files is looked up.
  func keep(_ draft: String, _ key: Key, _ plan: PreparedPlan) throws(SystemError) {
    guard let path = path(of: key) else { return }
    var plan = plan
    func stamp(_ name: String) throws(SystemError) -> String {
      guard let stamp = Self.stamp(draft + "/" + name) else { throw .latest }
      return stamp
    }
    plan.model = key.model
    if plan.encoder != nil { plan.encoder?.stamp = try stamp(Self.encoder) }
    plan.front.stamp = try stamp(Self.front)
    if plan.flow != nil { plan.flow?.stamp = try stamp(Self.flow) }
    if plan.vocoder != nil { plan.vocoder?.stamp = try stamp(Self.vocoder) }
    try SmallFile.replace(draft + "/" + Self.plan, with: plan.text, mode: 0o600)
    Self.remove(path)
    guard unsafe rename(draft.nameBytes, path.nameBytes) == 0 else {
      let error = SystemError.latest
      Self.remove(draft)
      // Another process was quicker.
      if error.code == EEXIST || error.code == ENOTEMPTY { return }
      throw error
    }
    sweep(keeping: key)
  }

  func discard(_ key: Key) {
    if let path = path(of: key) { Self.remove(path) }
  }

  static func remove(_ path: String) {
    for name in Folder.names(in: path) { unsafe unlink("\(path)/\(name)".nameBytes) }
    unsafe rmdir(path.nameBytes)
  }
}
