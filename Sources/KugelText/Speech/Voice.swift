/// Something that can speak: one entry of an engine's or a service's catalogue.
package struct Voice: Equatable, Sendable {
  package enum Sex: String, Sendable { case male, female, neutral }

  /// Stable number, the protocol's `voice_id`.
  package var id: Int
  package var name: String
  /// ISO 639-1 codes (or what the engine has where none exists), the voice's own first.
  package var languages: [String]
  package var sex: Sex?
  /// A short word for the voice, unique in its catalogue, where there is one.
  package var handle: String?
  /// What else is to be known of it by who chooses; for people.
  package var remark: String?
  /// Whether the handle is its id, and the number only its place in the list.
  package var isCalledByHandle = false

  package init(
    id: Int, name: String, languages: [String], sex: Sex? = nil, handle: String? = nil
  ) {
    self.id = id
    self.name = name
    self.languages = languages
    self.sex = sex
    self.handle = handle
  }

  /// What whoever lists it calls it for good.
  package var reference: VoiceReference {
    isCalledByHandle ? handle.map { .handle($0) } ?? .id(id) : .id(id)
  }
}

/// How a caller names a voice: by number, or by a handle or name.
package enum VoiceReference: Equatable, Hashable, Sendable {
  case id(Int)
  case handle(String)

  /// A text of digits only is a number.
  package init(_ text: String) {
    if let number = Int(text) { self = .id(number) } else { self = .handle(text) }
  }
}

extension VoiceReference: CustomStringConvertible {
  package var description: String {
    switch self {
    case .id(let number): "\(number)"
    case .handle(let name): name
    }
  }
}
