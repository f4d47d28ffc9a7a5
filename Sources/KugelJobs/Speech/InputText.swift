import Glibc
import KugelClient
import KugelReading
import KugelStreams
import KugelSystem
import KugelText

/// Turns a request's source into what drives a run.
package enum InputText {
  /// - Parameter target: who speaks.
  static func open(
    _ request: SpeechRequest, for target: TextTarget, in host: Host
  ) throws(UserError) -> TextFlow {
    let readings = try Readings(request, for: target, in: host)
    switch request.source {
    case .words(let text):
      guard request.answers.isStream else { return TextFlow(known: text, reading: readings.usual) }
      return TextFlow(
        written: text, answers: AnswerReading(request, in: host), reading: readings.answer)
    case .standardInput:
      return TextFlow(
        descriptor: host.standardInput, mark: request.turnEnd, reading: readings.usual,
        answers: AnswerReading(request, in: host), answerReading: readings.answer)
    case .files(let paths) where request.answers.isStream && paths.count == 1:
      // Read as it is spoken, and left to the end of the process.
      return TextFlow(
        descriptor: try host.openInput(paths[0]), named: name(of: paths[0]),
        reading: readings.reading(of: paths[0]), answers: AnswerReading(request, in: host),
        answerReading: readings.answer)
    case .files(let paths):
      var parts: [KnownText.Part] = []
      for path in paths {
        // A paragraph's pause between files, as between the parts of one.
        if !parts.isEmpty { parts.append(.text("\n\n")) }
        parts.append(.reading(readings.reading(of: path)))
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
  /// - Throws: 66, and 65 for what is no text.
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
    var decoder = TextDecoder()
    var text = ""
    let name = name(of: path)
    do {
      try Interruption.reading {
        while let piece = try Descriptor.readPiece(descriptor) { text += try decoder.decode(piece) }
      }
      text += try decoder.finish()
    } catch let error as BinaryInputError {
      throw .binary(name, error)
    } catch let error as SystemError {
      throw .unreadable(name, cause: error.cause)
    } catch {
      throw .unreadable(name, cause: "\(error)")
    }
    if warns {
      for remark in decoder.remarks { host.tell(RunNarrator.warning(remark.sentence(about: name))) }
    }
    return text
  }

  package static func name(of path: String) -> String { path == "-" ? "standard input" : path }
}

extension AnswerReading {
  /// What `--input` and its kin ask for.
  fileprivate init(_ request: SpeechRequest, in host: Host) {
    let answers = request.answers
    self.init(answers.format ?? .auto)
    announcesTools = answers.tools == .announce
    speaksReasoning = answers.speaksReasoning
    switch request.tee {
    case .written: copy = .answer(withReasoning: answers.showsReasoning)
    case .raw: copy = .bytes
    case .spoken, nil: copy = .nothing
    }
    isShown = host.isTerminal(host.standardOutput)
    dims =
      isShown && host.variable("TERM") != "dumb" && (host.variable("NO_COLOR") ?? "").isEmpty
  }
}
