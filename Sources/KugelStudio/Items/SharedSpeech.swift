import KugelJobs
import KugelNarration

/// How items are spoken, kept once for all that are spoken alike.
final class SharedSpeech: Sendable {
  let request: SpeechRequest
  /// What of it is in the hashes of those items.
  let traits: ContentHash.Traits

  init(_ speech: SpeechRequest, _ request: NarrateRequest) {
    self.request = speech
    traits = ContentHash.Traits(ContentHash.traits(of: speech, request))
  }
}

/// The ways to speak that a list asks for, each made once as long as entries go on with it.
struct SpeechShelf {
  private let request: NarrateRequest
  private let usual: SharedSpeech
  private var last: (wish: ItemWish, speech: SharedSpeech)?

  init(_ request: NarrateRequest) {
    self.request = request
    usual = SharedSpeech(request.speech, request)
  }

  /// - Throws: when the engine does not take what the item wants.
  mutating func speech(for wish: ItemWish) throws(UserError) -> SharedSpeech {
    var manner = wish
    (manner.name, manner.title) = (nil, nil)
    if manner == ItemWish() { return usual }
    if let last, last.wish == manner { return last.speech }
    let speech = SharedSpeech(try manner.applied(to: request.speech), request)
    last = (manner, speech)
    return speech
  }
}
