import Glibc
import KugelMeasure
import KugelServiceCore
import KugelSystem
import KugelWire

extension BenchReport.Environment {
  /// This program on this machine, now.
  package static func ours(kugel version: String) -> BenchReport.Environment {
    BenchReport.Environment(
      kugel: version, began: timestamp(time(nil)), machine: processor(),
      cores: Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), system: system())
  }

  /// Source: RFC 3339, in UTC.
  package static func timestamp(_ seconds: time_t) -> String {
    var seconds = seconds
    var parts = unsafe tm()
    unsafe gmtime_r(&seconds, &parts)
    func two(_ number: CInt) -> String { (number < 10 ? "0" : "") + "\(number)" }
    let date = unsafe [two(parts.tm_year + 1900), two(parts.tm_mon + 1), two(parts.tm_mday)]
    let clock = unsafe [two(parts.tm_hour), two(parts.tm_min), two(parts.tm_sec)]
    return date.joined(separator: "-") + "T" + clock.joined(separator: ":") + "Z"
  }

  private static func processor() -> String {
    guard let bytes = try? SmallFile.read("/proc/cpuinfo") else { return "unknown" }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let line = lines.first { $0.hasPrefix("model name") || $0.hasPrefix("Model") }
    let name = line?.split(separator: ":", maxSplits: 1).last.map(String.init) ?? " unknown"
    return String(name.dropFirst())
  }

  private static func system() -> String {
    func word(_ name: String) -> String {
      guard let bytes = try? SmallFile.read("/proc/sys/kernel/\(name)") else { return "" }
      return String(decoding: bytes, as: UTF8.self).filter { !$0.isNewline }
    }
    return "\(word("ostype")) \(word("osrelease"))"
  }
}
