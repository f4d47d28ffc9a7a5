import KugelClient
import KugelReading
import KugelText

/// How the lines of a script are read: as they stand, for they were written to be said, unless something
/// else was asked for.
final class ScriptReadings {
  private let request: ScriptRequest
  private let host: Host
  private var known: Lexicon?

  init(_ request: ScriptRequest, in host: Host) {
    self.request = request
    self.host = host
  }

  /// - Throws: 66 or 65 for a lexicon file.
  func reading(for engine: EngineName, _ language: String?) throws(UserError) -> TextReading {
    let filters = request.text.filters(
      usual: .none, wantsWords: engine.reading.wantsWords && request.text.normalizes == true,
      lexicon: try lexicon())
    guard let service = engine.service?.capabilities else {
      return TextReading(
        filters, for: TextTarget(language: language, takesIPA: engine.reading.takesIPA))
    }
    return TextReading(filters, for: RemoteSource.target(of: service, for: language))
  }

  /// Read once.
  private func lexicon() throws(UserError) -> Lexicon {
    if let known { return known }
    let lexicon = try Lexicon(files: request.text.lexicons, in: host)
    known = lexicon
    return lexicon
  }
}
