import Glibc
import KugelSystem
import KugelWire

/// Where the key for the service comes from; the key itself is in no description.
package enum KeySource: Equatable, Sendable {
  case descriptor(CInt)
  case file(String)
  /// A command line for the shell, whose first line of output is the key.
  case command(String)
  /// A file that systemd provides.
  case credential(String)
  case environment(Secret, variable: String)

  /// For messages: where to look.
  package var place: String {
    switch self {
    case .descriptor(let number): "descriptor \(number)"
    case .file(let path): "the file \(path)"
    case .command: "the command in key_command"
    case .credential(let path):
      "the systemd credential \(path.split(separator: "/").last.map(String.init) ?? path)"
    case .environment(_, let variable): "the variable \(variable)"
    }
  }
}

/// A text that is never shown.
package struct Secret: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
  package let text: String

  package init(_ text: String) { self.text = text }
  package var description: String { "(secret)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension KeySource {
  /// Reads the key.
  ///
  /// - Parameters:
  ///   - service: that it is for.
  ///   - warn: called with what should be changed, though the key can be used.
  /// - Throws: 77 when there is none to be had, naming the source.
  package func read(
    for service: ServiceCapabilities = ProtocolRegistry.usual.capabilities, warn: (String) -> Void
  ) throws(UserError) -> APIKey {
    let advice = service.keyAdvice
    let text: String
    switch self {
    case .environment(let secret, _): text = secret.text
    case .descriptor(let number): text = try decoded(readSmallFile(from: number), advice)
    case .file(let path):
      text = try decoded(readSmallFile(path), advice)
      if isReadableByOthers(path) {
        warn("\(place) can be read by others; better: chmod 600 \(shellWords([path]))")
      }
    case .credential(let path): text = try decoded(readSmallFile(path), advice)
    case .command(let line):
      text = try output(of: line, advice)
    }
    do {
      return try APIKey(text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "")
    } catch {
      throw UserError(
        .refused, "\(place) gives no key: \(error.description)", hint: advice)
    }
  }

  private func decoded(
    _ bytes: Result<[UInt8], FileError>, _ advice: String
  ) throws(UserError) -> String {
    switch bytes {
    case .success(let bytes): return String(decoding: bytes, as: UTF8.self)
    case .failure(let error):
      throw UserError(
        .refused, "cannot read the key from \(place): \(systemMessage(error.code))",
        hint: advice)
    }
  }

  private func isReadableByOthers(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & 0o044 != 0
      && status.st_mode & S_IFMT == S_IFREG
  }

  private func output(of line: String, _ advice: String) throws(UserError) -> String {
    guard let pipe = unsafe popen(line, "re") else {
      throw UserError(.refused, "cannot start key_command: \(systemMessage(errno))")
    }
    let bytes = unsafe readSmallFile(from: fileno(pipe))
    let status = unsafe pclose(pipe)
    guard status == 0 else {
      throw UserError(
        .refused, "key_command failed with status \(status >> 8)",
        hint: "Try it by hand: it should print the key in its first line.")
    }
    return try decoded(bytes, advice)
  }
}
