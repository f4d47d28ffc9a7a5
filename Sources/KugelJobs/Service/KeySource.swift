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
    case .descriptor(let number):
      text = try decoded(advice) { () throws(SystemError) in try patiently(number, warn) }
    case .file(let path):
      text = try decoded(advice) { () throws(SystemError) in
        try SmallFile.read(path) { warn("the key is waited for: \(place) is a pipe") }
      }
      if isReadableByOthers(path) {
        warn("\(place) can be read by others; better: chmod 600 \(shellWords([path]))")
      }
    case .credential(let path):
      text = try decoded(advice) { () throws(SystemError) in try SmallFile.read(path) }
    case .command(let line):
      text = try output(of: line, advice, warn)
    }
    do {
      return try APIKey(text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "")
    } catch {
      throw UserError(
        .refused, "\(place) gives no key: \(error.description)", hint: advice
      ).about(option)
    }
  }

  private func decoded(
    _ advice: String, _ read: () throws(SystemError) -> [UInt8]
  ) throws(UserError) -> String {
    do throws(SystemError) {
      return String(decoding: try read(), as: UTF8.self)
    } catch {
      throw UserError(
        .refused, "cannot read the key from \(place): \(error.cause)", hint: advice
      ).about(option)
    }
  }

  /// Where it was given, without dashes.
  var option: String {
    switch self {
    case .descriptor: "key-fd"
    case .file: "key-file"
    case .command: "key-command"
    case .credential: "credentials-directory"
    case .environment: "api-key"
    }
  }

  private func isReadableByOthers(_ path: String) -> Bool {
    guard let status = try? FileStatus(of: path) else { return false }
    return status.kind == .regular && status.mode & 0o044 != 0
  }

  /// Whoever gives the key may take their time, but not in silence, and not when somebody wants to leave.
  private func patiently(
    _ descriptor: CInt, _ warn: (String) -> Void, beforeLeaving stop: () -> Void = {}
  ) throws(SystemError) -> [UInt8] {
    var isTold = false
    return try PatientFile.read(from: descriptor) { waited in
      if !isTold, waited > .seconds(2) {
        isTold = true
        warn("the key is waited for: \(place) gives nothing yet")
      }
      Interruption.leaveIfAsked(stop)
    }
  }

  private func output(
    of line: String, _ advice: String, _ warn: (String) -> Void
  ) throws(UserError) -> String {
    var status = 0
    let text = try decoded(advice) { () throws(SystemError) in
      let command = try ShellCommand(line)
      let bytes = try patiently(command.output, warn) { command.stop() }
      status = try command.status()
      return bytes
    }
    guard status == 0 else {
      throw UserError(
        .refused, "key_command failed with status \(status)",
        hint: "Try it by hand: it should print the key in its first line."
      ).about(option)
    }
    return text
  }
}
