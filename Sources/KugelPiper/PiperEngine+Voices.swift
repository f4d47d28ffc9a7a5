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

  /// The best one for English, as texts without a language are; else the best one there is.
  package var defaultVoice: Int {
    let voices = shelf.voices
    return (voices.first { $0.parts?.language == "en" } ?? voices.first)?.id ?? 0
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
    let description: PiperDescription
    do throws(PiperFileError) { description = try shelf.description(of: voice) } catch {
      return "cannot be used: \(error.cause)"
    }
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

  package func voice(forLanguage tag: String) -> Voice? {
    VoiceCatalogue(shelf.voices.map(listed)).voice(forLanguage: tag, preferring: defaultVoice)
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
    return VoiceCatalogue(shelf.voices.map(listed)).find(VoiceReference(name))
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
