import KugelSession
import KugelText
import KugelWire

/// The voices that a conversation can choose from.
struct VoiceChoice: Sendable {
  /// nil: they have to be asked for when they are needed.
  private var catalogue: VoiceCatalogue?
  private let takesUnlisted: Bool
  private let forLanguage: (@Sendable (String) -> Voice?)?

  init(_ setup: Conversation.Setup) {
    catalogue = setup.voices
    takesUnlisted = setup.takesUnlistedVoices
    forLanguage = setup.voiceForLanguage
  }

  /// Whether a command cannot be understood before the voices are known.
  func isNeeded(for command: ConversationCommand) -> Bool {
    guard catalogue == nil else { return false }
    switch command {
    case .voices: return true
    case .set(let changes):
      return changes.contains { change in
        guard change.key == .voice, case .handle = VoiceReference(change.value.text) else {
          return false
        }
        return true
      }
    case .send, .blank, .end, .say, .flush, .cancel, .wait, .mark, .pause, .resume, .back, .on,
      .volume, .save, .expect, .status, .usage, .help, .quit:
      return false
    }
  }

  /// nil as long as they were not asked for.
  var known: [Voice]? { catalogue?.voices }

  mutating func learn(_ voices: [Voice]) { catalogue = VoiceCatalogue(voices) }

  func mentioning(_ word: String) -> [Voice] {
    (catalogue?.voices ?? []).filter { $0.mentions(word) }
  }

  /// The changes with voices that exist; another language may be another voice.
  func resolve(_ changes: [SettingChange]) throws(ConversationProblem) -> [SettingChange] {
    var changes = changes
    if let forLanguage, !changes.contains(where: { $0.key == .voice }),
      let language = changes.last(where: { $0.key == .lang })?.value.text
    {
      guard let voice = forLanguage(language) else {
        throw ConversationProblem("there is no voice for the language \(Quoting.quote(language))")
      }
      changes.append(SettingChange(voice: voice))
    }
    for index in changes.indices where changes[index].key == .voice {
      changes[index] = try resolve(changes[index])
    }
    return changes
  }

  private func resolve(
    _ change: SettingChange
  ) throws(ConversationProblem) -> SettingChange {
    guard let catalogue else { return change }
    let name = change.value.text
    switch catalogue.find(VoiceReference(name)) {
    case .found(let voice): return SettingChange(voice: voice)
    case .unknown where takesUnlisted: return change
    case .unknown(let nearest):
      throw ConversationProblem("there is no voice \(Quoting.quote(name))" + hint(nearest))
    case .ambiguous(let several):
      throw ConversationProblem("\(Quoting.quote(name)) could be several voices" + hint(several))
    }
  }

  private func hint(_ voices: [Voice]) -> String {
    guard !voices.isEmpty else { return "" }
    return ": " + voices.prefix(5).map { "\($0.reference) \($0.name)" }.joined(separator: ", ")
  }
}
