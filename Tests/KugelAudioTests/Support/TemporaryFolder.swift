import Glibc

/// A folder of one test's own; gone with everything in it when the test lets go of it.
@safe final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/kugel-audio-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw Failure(code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  struct Failure: Error {
    let code: CInt
  }

  deinit {
    for name in names { unsafe unlink(file(name)) }
    unsafe rmdir(path)
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Everything in the folder, hidden files too, sorted.
  var names: [String] {
    guard let listing = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(listing) }
    var names: [String] = []
    while let entry = unsafe readdir(listing) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

func bytes(of path: String) -> [UInt8] {
  let file = unsafe open(path, O_RDONLY)
  guard file >= 0 else { return [] }
  defer { close(file) }
  return bytes(from: file)
}

/// Everything up to the end of input.
func bytes(from descriptor: CInt) -> [UInt8] {
  var all: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = unsafe read(descriptor, &buffer, buffer.count)
    if count <= 0 { return all }
    all += buffer[..<count]
  }
}

func put(_ bytes: [UInt8], into path: String, mode: mode_t = 0o644) {
  let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)
  _ = unsafe write(file, bytes, bytes.count)
  fchmod(file, mode)
  close(file)
}

func permissions(of path: String) -> mode_t {
  var status = stat()
  unsafe stat(path, &status)
  return status.st_mode & 0o7777
}
