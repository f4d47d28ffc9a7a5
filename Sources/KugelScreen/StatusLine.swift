/// The one line that says how the speaking goes. Pure: state and width in, text out.
package struct StatusLine: Equatable {
  package enum Phase: String { case waiting, speaking, paused, writing }

  package var phase = Phase.waiting
  /// Who else has the speakers.
  package var waitsFor: String?
  /// Seconds heard, or written where nothing is played.
  package var spoken = 0.0
  /// Share of the characters spoken, 0...1; nil while the text is still growing.
  package var share: Double?
  /// Seconds of sound that wait; nil where nothing is played.
  package var cushion: Double?
  /// Milliseconds.
  package var firstSound: Int?
  package var gaps = 0

  package init(
    phase: Phase = .waiting, spoken: Double = 0, share: Double? = nil, cushion: Double? = nil,
    firstSound: Int? = nil, gaps: Int = 0
  ) {
    self.phase = phase
    self.spoken = spoken
    self.share = share
    self.cushion = cushion
    self.firstSound = firstSound
    self.gaps = gaps
  }

  /// - Parameter width: columns of the terminal; the last is left free, and what does not fit is left out.
  package func text(width: Int) -> String {
    fitted(
      waitsFor.map { ["waiting for \($0)", "kugel skip ends that"] } ?? parts, width: width)
  }

  private var parts: [String] {
    var parts = ["\(phase.rawValue) \(Self.clock(spoken))"]
    if let share { parts.append(Self.bar(share)) }
    if let cushion { parts.append("\(Self.tenths(cushion)) s in hand") }
    if let firstSound { parts.append("first sound \(firstSound) ms") }
    if cushion != nil { parts.append(gaps == 1 ? "broke off once" : "broke off \(gaps) times") }
    return parts
  }

  private func fitted(_ parts: [String], width: Int) -> String {
    var parts = parts
    while parts.count > 1, parts.joined(separator: "  ").count >= width { parts.removeLast() }
    return String(parts.joined(separator: "  ").prefix(max(0, width - 1)))
  }

  private static func bar(_ share: Double) -> String {
    let full = Int((min(max(share, 0), 1) * 20).rounded(.down))
    return "[" + String(repeating: "#", count: full) + String(repeating: ".", count: 20 - full)
      + "]"
  }

  package static func clock(_ seconds: Double) -> String {
    let whole = Int(seconds)
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }

  package static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
