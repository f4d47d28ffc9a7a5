import KugelEngine

/// Says how a text is spoken, for engines whose voices were taught with the phonemes of espeak-ng.
package protocol Phonemiser: Sendable {
  /// - Parameters:
  ///   - texts: any; control signs count as spaces.
  ///   - voice: as espeak-ng calls it, such as `en-us`.
  /// - Returns: for each text its clauses, which end in Unicode scalars of it.
  /// - Throws: `.unavailable` when the library cannot be started, `.failed` when it has no such voice.
  func phonemes(of texts: [String], voice: String) throws(EngineError) -> [[PhonemeClause]]

  /// Starts what must be started before the first text; asking does so itself.
  func prepare() throws(EngineError)
  /// Lets go of what waits for a next text.
  func rest()
}

/// The library's phonemes, from a process of its own where there is a program for it: no text brings this
/// process down, and none waits for another that is being spoken.
package struct EspeakPhonemiser: Phonemiser {
  private let source: any EspeakPhonemising & EspeakVoicing
  private let warn: @Sendable (String) -> Void

  /// - Parameter setup: of the engine that asks.
  package init(_ setup: EngineSetup) {
    if let program = setup.program {
      source = EspeakProcesses(program: program, limit: setup.concurrency)
    } else {
      source = EspeakLibrary.shared
    }
    warn = setup.warn
  }

  init(
    _ source: any EspeakPhonemising & EspeakVoicing,
    warn: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.source = source
    self.warn = warn
  }

  package func prepare() throws(EngineError) { try source.prepare() }
  package func rest() { source.rest() }

  /// What is cheapest done while the program has one thread.
  package static func beforeThreads() { EspeakProcesses.fork(expecting: nil) }

  package func phonemes(
    of texts: [String], voice: String
  ) throws(EngineError) -> [[PhonemeClause]] {
    let identifier = EspeakVoice.identifier(ofName: voice)
    // The library drops the end of what is too long for it.
    let pieces = texts.map { text in
      let scalars = EspeakText.scalars(of: text)
      let whole = EspeakPiece(
        identifier: identifier, scalars: scalars, sources: Array(scalars.indices), endsClause: true)
      return EspeakPieces.cut(whole, budget: SpeechCost.clause).map(\.scalars)
    }
    var clauses = try clauses(of: pieces.flatMap(\.self), identifier)[...]
    return pieces.map { pieces in
      defer { clauses = clauses.dropFirst(pieces.count) }
      return Self.joined(Array(clauses.prefix(pieces.count)), lengths: pieces.map(\.count))
    }
  }

  private func clauses(
    of texts: [[Unicode.Scalar]], _ identifier: String
  ) throws(EngineError) -> [[PhonemeClause]] {
    do throws(EspeakFailure) {
      let bytes = texts.map { Array(EspeakText.bytes(of: $0).dropLast()) }
      let found = try source.phonemise(PhonemeRequest(identifier: identifier, texts: bytes))
      return zip(texts, found).map(Self.counted)
    } catch {
      if case .refused(let reason) = error { throw reason }
    }
    // It broke down at one of them, which is found by halving.
    guard texts.count == 1, let text = texts.first else {
      var found: [[PhonemeClause]] = []
      for text in texts { found += try clauses(of: [text], identifier) }
      return found
    }
    guard let middle = Self.middle(of: text) else {
      warn("espeak-ng cannot say “\(String(scalars: text.prefix(40)))”; it is left out")
      return [[PhonemeClause(phonemes: "", end: text.count, isLast: true)]]
    }
    let halves = [Array(text[..<middle]), Array(text[middle...])]
    var found: [[PhonemeClause]] = []
    for half in halves { found += try clauses(of: [half], identifier) }
    return [Self.joined(found, lengths: halves.map(\.count))]
  }

  /// Clauses that end in scalars, of such that end in bytes.
  private static func counted(
    _ text: [Unicode.Scalar], _ clauses: [PhonemeClause]
  ) -> [PhonemeClause] {
    var (bytes, count) = (0, 0)
    return clauses.map { clause in
      while bytes < clause.end, count < text.count {
        bytes += UTF8.width(text[count])
        count += 1
      }
      return PhonemeClause(phonemes: clause.phonemes, end: count, isLast: clause.isLast)
    }
  }

  /// The clauses of a text, of those of its parts.
  private static func joined(
    _ parts: [[PhonemeClause]], lengths: [Int]
  ) -> [PhonemeClause] {
    var (joined, start): ([PhonemeClause], Int) = ([], 0)
    for (index, (clauses, length)) in zip(parts, lengths).enumerated() {
      let endsText = index == parts.count - 1
      joined += clauses.map { clause in
        PhonemeClause(
          phonemes: clause.phonemes,
          end: start + (clause.isLast ? length + (endsText ? 0 : 1) : clause.end),
          isLast: clause.isLast && endsText)
      }
      start += length
    }
    return joined
  }

  /// The space nearest to the middle; nil for one word.
  private static func middle(of text: [Unicode.Scalar]) -> Int? {
    let words = text.indices.filter { index in
      index > 0 && text[index - 1].properties.isWhitespace && !text[index].properties.isWhitespace
    }.filter { start in text[..<start].contains { !$0.properties.isWhitespace } }
    return words.min { abs($0 - text.count / 2) < abs($1 - text.count / 2) }
  }
}

extension EspeakVoice {
  /// The file of a voice that others call by its language, where that is known by heart; else the name,
  /// which the library looks for in all its files.
  static func identifier(ofName name: String) -> String {
    let wanted = name.lowercased()
    return (known.first { $0.voice.handle == wanted } ?? known(forLanguage: wanted))?.identifier
      ?? wanted
  }
}
