import KugelText

/// A voice as a service lists it.
package struct ListedVoice: Equatable, Sendable {
  /// What clients call it.
  package var id: Int
  package var handle: String?
  package var name: String
  package var description: String
  package var sex: Voice.Sex?
  /// ISO 639-1.
  package var languages: [String]
  /// `Voice.id` of the engine.
  package var engineVoice: Int
  /// Speaks whatever language a request names, rather than one.
  package var followsLanguage: Bool

  package init(
    id: Int, handle: String? = nil, name: String, description: String, sex: Voice.Sex?,
    languages: [String], engineVoice: Int, followsLanguage: Bool = false
  ) {
    self.id = id
    self.handle = handle
    self.name = name
    self.description = description
    self.sex = sex
    self.languages = languages
    self.engineVoice = engineVoice
    self.followsLanguage = followsLanguage
  }

  /// An engine's own voice, under its own number.
  package init(_ voice: Voice, engine: String) {
    var languages = voice.languages.filter { !$0.contains("-") }
    if languages.isEmpty { languages = voice.languages.map { String($0.prefix { $0 != "-" }) } }
    self.init(
      id: voice.id, handle: voice.handle, name: voice.name,
      description: "\(voice.name), spoken by \(engine)", sex: voice.sex, languages: languages,
      engineVoice: voice.id)
  }
}

/// The voices that a service lists, each number once.
package struct ListedVoices: Sendable {
  package let all: [ListedVoice]
  private let places: [Int: Int]

  /// - Parameter voices: the earlier of two with one number counts.
  package init(_ voices: [ListedVoice]) {
    var places: [Int: Int] = [:]
    var all: [ListedVoice] = []
    for voice in voices where places[voice.id] == nil {
      places[voice.id] = all.count
      all.append(voice)
    }
    self.all = all
    self.places = places
  }

  package subscript(id: Int) -> ListedVoice? { places[id].map { all[$0] } }

  /// By number or by handle; digits in a handle are a number.
  package func find(_ reference: VoiceReference) -> ListedVoice? {
    switch reference {
    case .id(let id): self[id]
    case .handle(let handle):
      Int(handle).flatMap { self[$0] }
        ?? all.first { $0.handle?.lowercased() == handle.lowercased() }
    }
  }
}

/// One line of a voice map: the number that clients use, and who speaks then.
package struct VoiceMapping: Equatable, Sendable {
  package var id: Int
  package var voice: VoiceReference
  package var line: Int
}

/// What is wrong with a line of a file of ours.
package struct LineError: Error, Equatable, Sendable {
  package var line: Int
  package var cause: String
}

extension VoiceMapping {
  /// Reads lines `ID = VOICE`; blank ones and those that begin with `#` do not count.
  package static func parse(_ text: String) throws(LineError) -> [VoiceMapping] {
    var mappings: [VoiceMapping] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let line = line.trimmingBlanks
      if line.isEmpty || line.hasPrefix("#") { continue }
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let id = Int(parts[0].trimmingBlanks), id >= 0 else {
        throw LineError(line: index + 1, cause: "expected ID = VOICE, with a number for ID")
      }
      let voice = parts[1].trimmingBlanks
      guard !voice.isEmpty else { throw LineError(line: index + 1, cause: "no voice after =") }
      guard !mappings.contains(where: { $0.id == id }) else {
        throw LineError(line: index + 1, cause: "voice \(id) is mapped twice")
      }
      mappings.append(VoiceMapping(id: id, voice: VoiceReference(String(voice)), line: index + 1))
    }
    return mappings
  }
}
