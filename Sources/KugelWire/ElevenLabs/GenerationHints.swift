/// What an ElevenLabs service is told beside voice and pace; absent fields say nothing.
///
/// Source: ElevenLabs notes, sections 5.2, 5.3 and 7.1.
package struct GenerationHints: Equatable, Sendable {
  /// The same text sounds the same, as near as can be; 0...4294967295.
  package var seed: Int?
  /// Whether the service may keep what it made.
  package var logging: Bool?
  /// 0...4: how much quality may go for an earlier sound.
  package var latency: Int?
  /// Of pronunciations, in the order in which they are looked up.
  package var dictionaries: [PronunciationDictionary]?
  /// What was said before the text, and what is said behind it: of calls only.
  package var previousText: String?
  package var nextText: String?
  /// How the key is shown; nil: as the protocol's header has it.
  package var credential: Credential?

  /// Source: ElevenLabs notes, section 2.
  package enum Credential: String, CaseIterable, Equatable, Sendable {
    case key
    /// `Authorization: Bearer`.
    case bearer
    /// Good for one socket, in whose address it is.
    case token
  }

  package init() {}

  package mutating func merge(_ newer: GenerationHints) {
    seed = newer.seed ?? seed
    logging = newer.logging ?? logging
    latency = newer.latency ?? latency
    dictionaries = newer.dictionaries ?? dictionaries
    previousText = newer.previousText ?? previousText
    nextText = newer.nextText ?? nextText
    credential = newer.credential ?? credential
  }
}

/// A dictionary of pronunciations that a service keeps.
package struct PronunciationDictionary: Equatable, Sendable {
  package var id: String
  /// Sockets want one.
  package var version: String?

  /// `ID:VERSION,ID:VERSION`; nil where that is no such list.
  package static func list(_ text: String) -> [PronunciationDictionary]? {
    var list: [PronunciationDictionary] = []
    for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = entry.split(separator: ":", omittingEmptySubsequences: false).map {
        $0.filter { $0 != " " }
      }
      guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
      list.append(PronunciationDictionary(id: parts[0], version: parts.count == 2 ? parts[1] : nil))
    }
    return list.isEmpty ? nil : list
  }

  package static func text(_ list: [PronunciationDictionary]) -> String {
    list.map { $0.id + ($0.version.map { ":" + $0 } ?? "") }.joined(separator: ",")
  }
}
