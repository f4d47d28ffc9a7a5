import KugelConversation
import KugelSession
import KugelSystem
import KugelText
import KugelWire

/// What Tab does at the prompt of a conversation: the completer with the folders of this machine, and the
/// wish for voices that are not known yet.
struct PromptTab {
  private var completer: LineCompleter
  private var key = TabKey()
  private var isWaiting = false
  /// Whether the voices are to be asked for; nobody waits for the answer.
  private var wantsVoices = false

  init(offer: SettingOffer) { completer = LineCompleter(offer: offer) }

  /// - Parameters:
  ///   - before: the line up to the cursor.
  ///   - voices: nil as long as they are not known.
  mutating func answer(_ before: String, voices: [Voice]?) -> TabKey.Answer {
    completer.voices = voices
    if voices == nil, !isWaiting, completer.wantsVoices(before) { wantsVoices = true }
    let completion = completer.complete(before) { folder in
      Folder.markedNames(in: folder.isEmpty ? "." : folder).filter { !$0.holdsEscapes }
    }
    return key.press(before, completion)
  }

  /// - Returns: whether the voices are to be asked for now.
  mutating func takeWish() -> Bool {
    defer { wantsVoices = false }
    isWaiting = isWaiting || wantsVoices
    return wantsVoices
  }

  /// The voices are known, or cannot be for now.
  mutating func listed() { isWaiting = false }
}
