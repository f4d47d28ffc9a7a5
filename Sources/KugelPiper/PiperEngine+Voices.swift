import KugelEngine
import KugelText

extension PiperEngine {
  package var voices: [Voice] {
    shelf.voices.map(whole)
  }

  /// With what only its files tell.
  private func whole(_ voice: PiperVoice) -> Voice {
    var listed = listed(voice)
    listed.remark = remark(voice)
    return listed
  }

  /// The best one for English, as texts without a language are; else the best one there is. One that cannot
  /// be used comes last.
  package var defaultVoice: Int {
    let voices = shelf.voices
    let english = voices.filter { $0.parts?.language == "en" }
    return (usable(english) ?? usable(voices) ?? english.first ?? voices.first)?.id ?? 0
  }

  /// The first that can be used; of those before it is told.
  private func usable(_ voices: [PiperVoice]) -> PiperVoice? {
    guard let found = voices.firstIndex(where: { shelf.flaw(of: $0) == nil }) else { return nil }
    for voice in voices[..<found] { passOver(voice) }
    return voices[found]
  }

  /// Without what only its files tell, where the name tells the language.
  private func listed(_ voice: PiperVoice) -> Voice {
    let parts = voice.parts
    var languages: [String]
    if let parts {
      languages = [parts.language, "\(parts.language)-\(parts.region.lowercased())"]
    } else {
      let tag = (try? shelf.description(of: voice))?.language ?? ""
      languages = tag.isEmpty ? ["und"] : [String(tag.prefix { $0 != "-" })]
      if tag.contains("-") { languages.append(tag) }
    }
    return Voice(
      id: voice.id, name: parts.map { Self.capital($0.name) } ?? voice.handle,
      languages: languages, handle: voice.handle)
  }

  private static func capital(_ name: String) -> String {
    name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
      .joined(separator: " ")
  }

  /// Quality, speakers, size and licence.
  private func remark(_ voice: PiperVoice) -> String {
    if let flaw = shelf.flaw(of: voice) { return "cannot be used: \(flaw)" }
    guard let description = try? shelf.description(of: voice) else { return "" }
    let quality = voice.parts?.quality ?? description.quality
    return [
      quality, description.speakers > 1 ? "\(description.speakers) speakers" : nil,
      VoiceShelf.megabytes(of: voice.model),
      VoiceShelf.licence(of: voice).map { "licence \($0)" }
        ?? "licence not known",
    ].compactMap(\.self).joined(separator: ", ")
  }

  package func languages(ofVoice number: Int) -> [String] {
    shelf.voice(numbered: number).map { listed($0).languages } ?? []
  }

  /// The best one that can be used; where there is none, the one that tells why it cannot.
  package func voice(forLanguage tag: String) -> Voice? {
    var voices = shelf.voices
    let preferred = defaultVoice
    var unfit: [Voice] = []
    while let found = VoiceCatalogue(voices.map(listed)).voice(
      forLanguage: tag, preferring: preferred)
    {
      guard let index = voices.firstIndex(where: { $0.id == found.id }),
        shelf.flaw(of: voices[index]) != nil
      else {
        for voice in unfit { shelf.voice(numbered: voice.id).map(passOver) }
        return found
      }
      unfit.append(found)
      voices.remove(at: index)
    }
    return unfit.first
  }

  /// Also understands `VOICE#SPEAKER`, with a speaker's name or number, the numbers of such pairs, and the
  /// path of a voice's file.
  package func find(_ reference: VoiceReference) -> VoiceCatalogue.Match {
    switch reference {
    case .id(let number):
      guard let voice = shelf.voice(numbered: number) else { return .unknown(nearest: []) }
      let speaker = number / PiperVoice.step
      return speaker == 0 ? .found(whole(voice)) : found(voice, speaker: "\(speaker - 1)")
    case .handle(let text):
      let hash = text.lastIndex(of: "#") ?? text.endIndex
      let name = String(text[..<hash])
      let speaker = text[hash...].dropFirst()
      let match = find(named: name)
      guard case .found(let base) = match, let voice = shelf.voice(numbered: base.id) else {
        return match
      }
      return hash < text.endIndex ? found(voice, speaker: String(speaker)) : .found(whole(voice))
    }
  }

  private func find(named name: String) -> VoiceCatalogue.Match {
    if name.hasSuffix(".onnx") { return .found(listed(shelf.voice(ofFile: name))) }
    let match = VoiceCatalogue(shelf.voices.map(listed)).find(VoiceReference(name))
    // A language means whoever speaks it and can be used.
    if case .found(let voice) = match, Self.isLanguage(name, of: voice) {
      return self.voice(forLanguage: name).map { .found($0) } ?? match
    }
    return match
  }

  /// Whether a reference names what a voice speaks, and not the voice.
  static func isLanguage(_ name: String, of voice: Voice) -> Bool {
    let tag = name.lowercased().map { $0 == "_" ? "-" : "\($0)" }.joined()
    return voice.languages.contains { $0.lowercased() == tag } && voice.name.lowercased() != tag
      && voice.handle?.lowercased() != name.lowercased()
  }

  private func found(_ voice: PiperVoice, speaker name: String) -> VoiceCatalogue.Match {
    guard let description = try? shelf.description(of: voice) else {
      return .unknown(nearest: [])
    }
    let number =
      description.speakerNames[name]
      ?? description.speakerNames.first { $0.key.lowercased() == name.lowercased() }?.value
      ?? Int(name)
    guard let number, 0..<description.speakers ~= number else {
      return .unknown(
        nearest: nearest(to: name, in: description.speakerNames.keys.sorted()).compactMap {
          description.speakerNames[$0].map { speaker(of: voice, description, $0) }
        })
    }
    return .found(speaker(of: voice, description, number))
  }

  private func speaker(
    of voice: PiperVoice, _ description: PiperDescription, _ number: Int
  ) -> Voice {
    var found = listed(voice)
    let name = description.speakerNames.first { $0.value == number }?.key ?? "\(number)"
    found.id += PiperVoice.step * (number + 1)
    found.name += " #\(name)"
    found.handle = "\(voice.handle)#\(name)"
    return found
  }
}
