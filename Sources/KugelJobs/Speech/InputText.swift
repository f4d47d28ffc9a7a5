import Glibc
import KugelClient
import KugelSystem
import KugelText

/// Turns a request's source into what drives a run.
package enum InputText {
  static func open(_ request: SpeechRequest, in host: Host) throws(UserError) -> TextFlow {
    switch request.source {
    case .words(let text): return TextFlow(known: text)
    case .standardInput:
      return TextFlow(descriptor: host.standardInput, mark: request.turnEnd)
    case .files(let paths):
      var parts: [KnownText.Part] = []
      for path in paths {
        // A paragraph's pause between files, as between the parts of one.
        if !parts.isEmpty { parts.append(.text("\n\n")) }
        parts.append(try part(path, warns: request.verbosity != .quiet, in: host))
      }
      return TextFlow(known: KnownText(parts))
    }
  }

  /// A long file is read as it is spoken; whatever else it is, at once.
  private static func part(
    _ path: String, warns: Bool, in host: Host
  ) throws(UserError) -> KnownText.Part {
    let descriptor = try host.openInput(path)
    if descriptor != host.standardInput, let status = try? FileStatus(of: descriptor),
      status.kind == .regular, status.size > longestAtOnce
    {
      return .file(descriptor: descriptor, name: path)
    }
    defer { if descriptor != host.standardInput { close(descriptor) } }
    return .text(try read(descriptor, of: path, warns: warns, in: host))
  }

  /// Bytes of a file that is read before anything is spoken.
  private static let longestAtOnce = 65_536

  /// - Parameter warns: whether to tell of bytes that are no text.
  /// - Throws: 66.
  package static func read(
    _ path: String, warns: Bool, in host: Host
  ) throws(UserError) -> String {
    let descriptor = try host.openInput(path)
    defer { if descriptor != host.standardInput { close(descriptor) } }
    return try read(descriptor, of: path, warns: warns, in: host)
  }

  private static func read(
    _ descriptor: CInt, of path: String, warns: Bool, in host: Host
  ) throws(UserError) -> String {
    var decoder = UTF8Decoder()
    var text = ""
    do throws(SystemError) {
      while let piece = try Descriptor.readPiece(descriptor) { text += decoder.decode(piece) }
    } catch {
      throw .unreadable(name(of: path), cause: error.cause)
    }
    text += decoder.finish()
    if let offset = decoder.firstInvalidOffset, warns {
      host.tell(RunNarrator.invalidText(in: name(of: path), offset: offset))
    }
    return text
  }

  package static func name(of path: String) -> String { path == "-" ? "standard input" : path }
}
