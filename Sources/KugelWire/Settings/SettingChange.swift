import KugelText

/// One setting and its value, checked.
package struct SettingChange: Equatable, Sendable {
  package let key: SettingKey
  package private(set) var value: SettingValue

  package init(voice: Voice) { (key, value) = (.voice, .text("\(voice.reference)")) }

  /// - Parameters:
  ///   - offer: what is taken by whoever will speak; nil: that is not known yet.
  ///   - keys: those that may be set where it was written.
  package init(
    key name: String, value: SettingValue, offer: SettingOffer?,
    among keys: [SettingKey]
  ) throws(SettingProblem) {
    if let (key, member) = SettingKey.member(named: name), keys.contains(key) {
      // What is no text in JSON's own words becomes one in `BodyMembers`.
      try self.init(key, .text("\(member)=\(value.text)"), offer: offer)
      return
    }
    guard let key = SettingKey(named: name), keys.contains(key) else {
      throw SettingProblem(unknown: name, among: keys.filter { offer?.takes($0) ?? true })
    }
    try self.init(key, value, offer: offer)
  }

  /// The same as it is taken by whoever will speak.
  package init(
    _ key: SettingKey, _ value: SettingValue, offer: SettingOffer?
  ) throws(SettingProblem) {
    let terms = offer.map { $0[key] } ?? SettingTerms(key)
    guard let terms else {
      let known = offer?.keys.filter(SettingKey.ofSession.contains) ?? []
      throw .meansNothing(key, to: offer?.name ?? "", known: known)
    }
    guard let read = terms.kind.read(value) else {
      throw .notTaken(key, expected: terms.kind.expected, given: value.text)
    }
    self.key = key
    self.value = read
  }

  /// - Parameter text: `speed=1.1`, `voice=Anna`.
  package init(
    _ text: String, offer: SettingOffer?, among keys: [SettingKey]
  ) throws(SettingProblem) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { throw .notPair(text) }
    try self.init(
      key: String(parts[0]), value: .text(String(parts[1])), offer: offer, among: keys)
  }
}
