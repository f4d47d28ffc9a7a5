import KugelNumbers
import KugelText
import Testing

/// The text as it is said where the writer pauses at each `¦` for longer than anything waits.
private func said(_ text: String, _ language: String) -> String {
  guard let stage = NumberStage(language: language) else { return "" }
  var step = StageStep(stage)
  var said = SourcedText()
  for (index, piece) in text.split(separator: "¦").enumerated() {
    if index > 0 { step.release(into: &said) }
    step.feed(SourcedText(String(piece)), into: &said)
  }
  step.end(into: &said)
  return said.string
}

@Test(arguments: [
  ("en", "It is 5¦0 km away.", "It is 50 km away."),
  ("en", "Wake at 1¦2:30 sharp.", "Wake at 12:30 sharp."),
  ("en", "It costs $1¦0 now.", "It costs $10 now."),
  ("en", "It costs $¦1.50 now.", "It costs $1.50 now."),
  ("en", "It costs $1.¦50 now.", "It costs $1.50 now."),
  ("en", "Wait 5 m¦inutes.", "Wait 5 minutes."),
  ("en", "It ran 5 km¦/h fast.", "It ran 5 km/h fast."),
  ("en", "It is 20 °¦C.", "It is 20 °C."),
  ("fr", "Le roi Louis X¦IV régna.", "Le roi Louis XIV régna."),
  ("fr", "Il y a 1 ¦500 km.", "Il y a 1 500 km."),
  ("en", "On 2024-0¦1-15.", "On 2024-01-15."),
  ("en", "Jan 1¦5 it was.", "Jan 15 it was."),
  ("en", "12¦ km and 5 km.", "12 km and five kilometres."),
  ("en", "It is 5 km.¦ Then 3 kg.", "It is five kilometres. Then three kilograms."),
  ("en", "At 5 p.m.¦ We left 5 km behind.", "At five PM. We left five kilometres behind."),
])
func `what was torn by a pause stays as it is written`(
  language: String, written: String, spoken: String
) {
  #expect(said(written, language) == spoken)
}
