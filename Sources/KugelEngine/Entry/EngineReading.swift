/// What an engine makes of a text beside plain words.
package struct EngineReading: Equatable, Sendable {
  /// Understands sounds between slashes.
  package var takesIPA: Bool
  /// Says dates, money, units and their kind better when they are written in words.
  package var wantsWords: Bool

  package init(takesIPA: Bool = false, wantsWords: Bool = false) {
    self.takesIPA = takesIPA
    self.wantsWords = wantsWords
  }
}
