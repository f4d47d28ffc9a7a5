import KugelClient
import KugelReading
import KugelScreenplay
import KugelSystem
import KugelText

/// A script as far as it is known before anything is spoken.
package struct ScriptText {
  /// What a script can be made of.
  package static func options(for request: ScriptRequest) -> Screenplay.Options {
    var options = Screenplay.Options()
    options.engines = EngineName.allCases.map(\.rawValue)
    options.castsUndeclared = request.castsUndeclared
    return options
  }

  /// All that was read, for errors that show a line.
  private(set) var source = ""
  private(set) var items: [ScriptItem] = []
  private(set) var errors: [ScriptError] = []

  /// Reads to the end.
  ///
  /// - Parameter heard: called with each piece as soon as it is known.
  package init(
    descriptor: CInt, for request: ScriptRequest, in host: Host,
    heard: (Screenplay.Piece) throws -> Void = { _ in }
  ) throws {
    var play = Screenplay(options: Self.options(for: request))
    var decoder = TextDecoder()
    while true {
      let bytes: [UInt8]?
      do throws(SystemError) {
        bytes = try Interruption.reading { () throws(SystemError) in
          try Descriptor.readPiece(descriptor)
        }
      } catch {
        throw UserError.unreadable(request.scriptName, cause: error.cause)
      }
      let text: String
      do throws(BinaryInputError) {
        if let bytes { text = try decoder.decode(bytes) } else { text = try decoder.finish() }
      } catch {
        throw UserError.binary(request.scriptName, error)
      }
      source += text
      for piece in play.append(text) + (bytes == nil ? play.finish() : []) {
        switch piece {
        case .item(let item): items.append(item)
        case .error(let error): errors.append(error)
        }
        try heard(piece)
      }
      if bytes == nil { break }
    }
    guard request.verbosity != .quiet else { return }
    for remark in decoder.remarks {
      host.tell(RunNarrator.warning(remark.sentence(about: request.scriptName)))
    }
  }

  /// What went wrong with something on a line of the script.
  package func problem(_ message: String, line: Int, in name: String) -> UserError {
    let lines = source.split(
      separator: "\n", maxSplits: line, omittingEmptySubsequences: false)
    var text = lines.indices.contains(line - 1) ? String(lines[line - 1]) : ""
    if text.last == "\r" { text.removeLast() }
    let column = text.prefix { $0.isWhitespace }.count + 1
    let error = ScriptError(line: line, column: column, message: message, source: text)
    return UserError(.badInput, error.shown(in: name))
  }
}

extension Host {
  /// The script's descriptor; that of standard input stays open.
  package func openScript(_ request: ScriptRequest) throws(UserError) -> CInt {
    guard let path = request.path else { return standardInput }
    return try openInput(path)
  }

  /// Whether a script comes as somebody writes it, so that its beginning is spoken before its end is
  /// known.
  package func isGrowing(_ descriptor: CInt) -> Bool {
    (try? FileStatus(of: descriptor).kind) != .regular
  }
}
