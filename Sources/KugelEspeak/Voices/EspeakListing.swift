import CEspeak
import KugelText

/// Reads the library's lists of voices; to be called under the library's lock.
enum EspeakListing {
  /// Voices of languages; those for MBROLA are not among them, their data come from elsewhere.
  static func voices() -> [EspeakVoice] {
    let entries = unsafe Self.entries(of: espeak_ListVoices(nil))
    let numbers = EspeakVoice.numbers(for: entries.map(\.identifier))
    return entries.compactMap { entry -> EspeakVoice? in
      guard let number = numbers[entry.identifier], !entry.languages.isEmpty else { return nil }
      return EspeakVoice(
        id: number, identifier: entry.identifier, name: entry.name, languages: entry.languages,
        sex: entry.sex)
    }
    .sorted { one, other in
      (one.voice.languages[0], one.priority, one.identifier)
        < (other.voice.languages[0], other.priority, other.identifier)
    }
  }

  static func variants() -> [EspeakVariant] {
    let entries = unsafe "variant".withCString { language in
      var wanted = unsafe espeak_VOICE()
      unsafe wanted.languages = language
      return unsafe Self.entries(of: espeak_ListVoices(&wanted))
    }
    return entries.compactMap { entry in
      guard entry.identifier.hasPrefix("!v/") else { return nil }
      return EspeakVariant(handle: String(entry.identifier.dropFirst(3)), sex: entry.sex)
    }
    .sorted { $0.handle < $1.handle }
  }

  private struct Entry {
    var identifier: String
    var name: String
    var languages: [(tag: String, priority: Int)]
    var sex: Voice.Sex?
  }

  /// - Parameter list: ends with a null pointer; valid until the next listing.
  private static func entries(
    of list: UnsafeMutablePointer<UnsafePointer<espeak_VOICE>?>?
  ) -> [Entry] {
    guard var next = unsafe list else { return [] }
    var entries: [Entry] = []
    while let voice = unsafe next.pointee {
      if let identifier = unsafe voice.pointee.identifier, let name = unsafe voice.pointee.name {
        entries.append(
          Entry(
            identifier: unsafe String(cString: identifier), name: unsafe String(cString: name),
            languages: unsafe languages(voice.pointee.languages),
            sex: sex(unsafe voice.pointee.gender)))
      }
      unsafe next += 1
    }
    return entries
  }

  /// - Parameter list: pairs of a byte of priority and a tag with its zero, then one more zero.
  private static func languages(
    _ list: UnsafePointer<CChar>?
  ) -> [(tag: String, priority: Int)] {
    guard var next = unsafe list else { return [] }
    var languages: [(tag: String, priority: Int)] = []
    while unsafe next.pointee != 0 {
      let priority = Int(UInt8(bitPattern: unsafe next.pointee))
      let tag = unsafe String(cString: next + 1)
      languages.append((tag, priority))
      unsafe next += 2 + tag.utf8.count
    }
    return languages
  }

  private static func sex(_ gender: UInt8) -> Voice.Sex? {
    switch UInt32(gender) {
    case ENGENDER_MALE.rawValue: .male
    case ENGENDER_FEMALE.rawValue: .female
    case ENGENDER_NEUTRAL.rawValue: .neutral
    default: nil
    }
  }
}
