import KugelText

/// Voices that cannot be told.
extension UserError {
  package static func unknownVoice(
    _ reference: VoiceReference, engine: String, near: [Voice]
  ) -> UserError {
    var meant = near.isEmpty ? "" : "Did you mean \(list(near))? "
    let name = reference.description
    if let shop = EngineName.ofThisProgram.first(where: { $0.entry?.shop?.hasForm(name) ?? false })
    {
      meant += "To fetch it: kugel voices -e \(shop.rawValue) --get \(name). "
    }
    return .usage(
      "the engine \(engine) has no voice \(quoted(reference.description))",
      hint: meant + "List them with: kugel voices -e \(engine)")
  }

  package static func ambiguousVoice(
    _ reference: VoiceReference, candidates: [Voice]
  ) -> UserError {
    .usage(
      "several voices begin with \(quoted(reference.description))",
      hint: "Say which: \(list(candidates))")
  }

  private static func list(_ voices: [Voice]) -> String {
    let names = voices.prefix(8).map {
      "\($0.isCalledByHandle ? $0.name : $0.handle ?? $0.name) (\($0.reference))"
    }
    return names.joined(separator: ", ") + (voices.count > 8 ? ", …" : "")
  }
}
