import KugelWire

extension SettingOffer {
  /// Takes all that a conversation may set.
  static let everything = SettingOffer(
    of: "all",
    SettingKey.ofSession.map {
      $0 == .speed ? SettingTerms($0, .number(0.5...2)) : SettingTerms($0)
    })
}
