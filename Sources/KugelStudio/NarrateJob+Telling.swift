import KugelJobs
import KugelNarration
import KugelScreen

// What is told before anything is made.
extension NarrateJob {
  func estimate() throws -> ExitStatus {
    var estimate = Estimate()
    for entry in entries where entry.item.isSpeakable {
      estimate.add(
        entry.item.said, pace: SpeechPace(speed: entry.speech.speed),
        language: entry.speech.language)
    }
    var text = "items       \(estimate.items)\n"
    text += "characters  \(estimate.characters)\n"
    text += "words       \(estimate.words)\n"
    text += "duration    about \(StatusLine.clock(estimate.seconds))\n"
    if let tariff = request.tariff {
      text += "price       \(tariff.cost(of: estimate.characters))\n"
    }
    try host.print(text)
    return tell(problems)
  }

  mutating func showPlan() throws -> ExitStatus {
    let manifest = try NarrationFolder.look(request.directory)
    plan(manifest)
    var text = ""
    for entry in entries {
      switch entry.decision {
      case .make(let reason): text += "make  \(entry.file)  \(reason.rawValue)\n"
      case .keep: text += "keep  \(entry.file)\n"
      case .elsewhere: break
      case .refuse(let refusal):
        problems.append(NarrationFailure(place: entry.item.place, cause: refusal.cause(entry.file)))
      }
    }
    if request.prunes {
      for file in manifest.files(beside: Set(entries.map(\.file))) { text += "prune \(file)\n" }
    }
    try host.print(text)
    return tell(problems)
  }
}
