/// How a voice ends its sentences: one that always ends them in silence, and does not now, was cut.
struct EndingHabit: Sendable {
  /// Endings, and those that were in silence.
  private var (count, quiet) = (0, 0)

  /// Fewer say nothing of a habit.
  private static let fewest = 12

  mutating func add(isLoud: Bool) {
    count += 1
    if !isLoud { quiet += 1 }
  }

  mutating func add(_ other: EndingHabit) {
    count += other.count
    quiet += other.quiet
  }

  /// - Parameter share: of endings in silence, from which on another one is strange.
  func isQuiet(share: Double) -> Bool {
    count >= Self.fewest && Double(quiet) >= share * Double(count)
  }
}
