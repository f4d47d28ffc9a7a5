import Glibc

/// The root of the package; tests compare with files that are shipped.
let packageRoot = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()

let snapshots = packageRoot + "/Tests/KugelCLITests/Snapshots/"

/// The file's text; nil when there is none.
func textOfFile(_ path: String) -> String? {
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  return String(decoding: readAll(descriptor), as: UTF8.self)
}

func writeFile(_ path: String, _ text: String) {
  let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  defer { close(descriptor) }
  _ = writeWhole(Array(text.utf8), to: descriptor)
}

private func writeWhole(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress!, $0.count) }
    guard count > 0 else { return false }
    rest = rest.dropFirst(count)
  }
  return true
}

/// A directory that is gone when its owner is.
final class ScratchDirectory {
  let path: String

  init() {
    var name = Array("/tmp/kugel-test-XXXXXX".utf8CString)
    _ = unsafe name.withUnsafeMutableBufferPointer { unsafe mkdtemp($0.baseAddress!) }
    path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { _ = shell("rm -rf '\(path)'") }
}

/// Whether snapshots are written instead of compared.
var isRecording: Bool { unsafe getenv("KUGEL_RECORD") != nil }

/// Runs a script in `sh`; what it writes to both outputs comes back together.
func shell(_ script: String) -> (status: CInt, text: String) {
  guard let pipe = unsafe popen("exec 2>&1\n" + script, "r") else { return (-1, "cannot start sh") }
  let text = String(decoding: readAll(unsafe fileno(pipe)), as: UTF8.self)
  let status = unsafe pclose(pipe)
  return (status >> 8, text)
}

func isInstalled(_ tool: String) -> Bool { shell("command -v \(tool)").status == 0 }
