import FoundationEssentials
import Glibc
import KugelTransport

/// Certificates for one test, made by the `openssl` program in a directory of their own.
final class Authority: Sendable {
  let directory: String

  var file: String { directory + "/ca.pem" }

  init() throws {
    directory = FileManager.default.temporaryDirectory.path + "/kugel-tls-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    try openssl(
      ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        + ["-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Test Authority"])
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  /// A certificate for these names, such as `DNS:localhost` or `IP:::1`.
  ///
  /// - Parameter days: how long it is good from now on; below 0 it was.
  func certificate(for names: String, days: Int = 2) throws -> ListenerOptions.Certificate {
    let name = UUID().uuidString
    try openssl(
      ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        + ["-keyout", "\(name).key", "-out", "\(name).csr", "-subj", "/CN=server"])
    try Array("subjectAltName=\(names)\n".utf8).write(to: "\(directory)/\(name).ext")
    try openssl(
      ["x509", "-req", "-in", "\(name).csr", "-CA", "ca.pem", "-CAkey", "ca.key"]
        + ["-CAcreateserial", "-days", "\(days)", "-extfile", "\(name).ext", "-out", "\(name).pem"])
    return ListenerOptions.Certificate(
      chain: "\(directory)/\(name).pem", key: "\(directory)/\(name).key")
  }

  /// The authority as a directory that OpenSSL looks names up in.
  func hashedDirectory() throws -> String {
    let path = directory + "/hashed"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: file, toPath: path + "/ca.pem")
    try openssl(["rehash", "hashed"])
    return path
  }

  private struct Failure: Error { var status: CInt }

  private func openssl(_ arguments: [String]) throws {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [1, 2] as [CInt] {
      unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    var pointers: [UnsafeMutablePointer<CChar>?] =
      unsafe (["env", "-C", directory, "openssl"] + arguments).map {
        unsafe strdup($0)
      }
    unsafe pointers.append(nil)
    defer { while let pointer = unsafe pointers.popLast() { unsafe free(pointer) } }
    var child = pid_t()
    let failed = unsafe posix_spawnp(&child, "env", &actions, nil, pointers, environ)
    guard failed == 0 else { throw Failure(status: failed) }
    var status: CInt = 0
    unsafe waitpid(child, &status, 0)
    guard status == 0 else { throw Failure(status: status) }
  }
}

extension [UInt8] {
  func write(to path: String) throws {
    try Data(self).write(to: URL(filePath: path))
  }
}
