import Glibc
import KugelSystem

/// The cushion that each host needed last, in a file of the state directory: a line for each, host and
/// milliseconds.
package struct CushionMemory: Sendable {
  private let path: String

  package init(path: String) { self.path = path }

  /// - Returns: within what a cushion can be; nil for a host that is not known.
  package func cushion(for host: String) -> Duration? { Self.parse(read())[host] }

  /// What cannot be written is forgotten.
  package func remember(_ cushion: Duration, for host: String) {
    var known = Self.parse(read())
    known[host] = cushion
    let lines = known.sorted { $0.key < $1.key }
      .map { "\($0.key) \(Int($0.value / .milliseconds(1)))\n" }
    write(lines.joined())
  }

  static func parse(_ text: String) -> [String: Duration] {
    var known: [String: Duration] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 2, let time = Int(parts[1]), time > 0 else { continue }
      let cushion = Duration.milliseconds(time)
      known[String(parts[0])] = min(
        max(cushion, PlaybackSettings.remoteCushion), PlaybackSettings.longestCushion)
    }
    return known
  }

  private func read() -> String {
    (try? SmallFile.read(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  private func write(_ text: String) {
    try? SmallFile.replace(path, with: text, mode: 0o600)
  }
}
