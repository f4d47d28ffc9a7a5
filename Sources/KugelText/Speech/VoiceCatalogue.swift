/// The voices one can choose from, and how a choice is understood.
package struct VoiceCatalogue: Sendable {
  package enum Match: Equatable, Sendable {
    case found(Voice)
    /// Nobody is called that; `nearest` is who may have been meant, best first.
    case unknown(nearest: [Voice])
    /// Several could be meant, in the catalogue's order.
    case ambiguous([Voice])
  }

  package let voices: [Voice]

  /// - Parameter voices: where several speak a language equally well, the better one first.
  package init(_ voices: [Voice]) { self.voices = voices }

  /// By number, else by handle, name, language tag, or a start that only one voice has.
  ///
  /// Letter case does not count and `_` is read as `-`. What is written in full wins over what
  /// begins alike: `de` is German although other names begin so.
  package func find(_ reference: VoiceReference) -> Match {
    switch reference {
    case .id(let number):
      voices.first { $0.id == number }.map(Match.found) ?? .unknown(nearest: [])
    case .handle(let text):
      find(called: folded(text))
    }
  }

  private func find(called wanted: String) -> Match {
    guard !wanted.isEmpty else { return .unknown(nearest: []) }
    if let voice = voices.first(where: { $0.handle.map(folded) == wanted }) { return .found(voice) }
    let namesakes = voices.filter { folded($0.name) == wanted }
    if !namesakes.isEmpty { return one(of: namesakes) }
    if let voice = speaker(of: wanted) { return .found(voice) }
    let beginners = voices.filter { voice in keys(of: voice).contains { $0.hasPrefix(wanted) } }
    if !beginners.isEmpty { return one(of: beginners) }
    return .unknown(nearest: neighbours(of: wanted))
  }

  /// The best voice for a language.
  ///
  /// A tag that nobody speaks is shortened from its end until somebody does (RFC 4647, section
  /// 3.4): `de-AT` is spoken by `de`.
  ///
  /// - Parameters:
  ///   - tag: ISO 639-1 or longer, such as `en` or `en-GB`.
  ///   - preferred: the id of the voice that is taken whenever it speaks the language.
  package func voice(forLanguage tag: String, preferring preferred: Int? = nil) -> Voice? {
    let favourite = voices.first { $0.id == preferred }
    var parts = folded(tag).split(separator: "-")
    while !parts.isEmpty {
      let shortened = parts.joined(separator: "-")
      if let favourite, favourite.languages.contains(where: { folded($0) == shortened }) {
        return favourite
      }
      if let voice = speaker(of: shortened) { return voice }
      parts.removeLast()
    }
    return nil
  }

  /// Who has the language nearest to the front of what they speak; the earlier voice at a tie.
  private func speaker(of tag: String) -> Voice? {
    var best: (voice: Voice, rank: Int)?
    for voice in voices {
      guard let rank = voice.languages.firstIndex(where: { folded($0) == tag }) else { continue }
      if rank < best?.rank ?? .max { best = (voice, rank) }
    }
    return best?.voice
  }

  private func neighbours(of wanted: String) -> [Voice] {
    var owners: [String: [Voice]] = [:]
    var candidates: [String] = []
    for voice in voices {
      for key in keys(of: voice) {
        if owners[key] == nil { candidates.append(key) }
        owners[key, default: []].append(voice)
      }
    }
    var result: [Voice] = []
    for voice in nearest(to: wanted, in: candidates, limit: 9).flatMap({ owners[$0] ?? [] })
    where !result.contains(voice) {
      result.append(voice)
    }
    return Array(result.prefix(3))
  }

  /// Everything a voice answers to, and the first word of its name, as in "English (Scotland)".
  private func keys(of voice: Voice) -> [String] {
    let name = folded(voice.name)
    let firstWord = name.prefix { $0 != " " }
    return [voice.handle.map(folded), name, String(firstWord)].compactMap(\.self)
      + voice.languages.map(folded)
  }

  private func one(of voices: [Voice]) -> Match {
    voices.count == 1 ? .found(voices[0]) : .ambiguous(voices)
  }
}

private func folded(_ text: String) -> String {
  String(text.lowercased().map { $0 == "_" ? "-" : $0 })
}
