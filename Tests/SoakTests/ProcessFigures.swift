import Glibc
import KugelSystem

/// Of this process, from `/proc`.
func residentKilobytes() -> Int {
  let text = (try? SmallFile.read("/proc/self/status")).map {
    String(decoding: $0, as: UTF8.self)
  }
  let line = text?.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
  return line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
}

func openDescriptors() -> Int {
  guard let folder = unsafe opendir("/proc/self/fd") else { return 0 }
  defer { unsafe closedir(folder) }
  var count = 0
  while unsafe readdir(folder) != nil { count += 1 }
  return count
}

/// News from another thread that is waited for as often as it comes.
final class TestSignal: Sendable {
  private let count = Monitor(0)

  func ring() { count.change { $0 += 1 } }

  func wait() {
    count.wait { (count: inout Int) -> Void? in
      guard count > 0 else { return nil }
      count -= 1
      return ()
    }
  }
}

/// A folder that nobody else can enter, gone with this value.
final class TemporaryRuntimeFolder: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/kugel-soak-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw SystemError(code: errno, call: "mkdtemp")
    }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    if let folder = unsafe opendir(path) {
      while let entry = unsafe readdir(folder) {
        let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        unsafe unlink("\(path)/\(name)")
      }
      unsafe closedir(folder)
    }
    unsafe rmdir(path)
  }
}
