import KugelWire

extension EngineName {
  /// One value as it takes it.
  ///
  /// - Parameter option: how users say it, such as `--speed`.
  /// - Throws: 64 when it is not taken.
  package func take(
    _ key: SettingKey, _ value: SettingValue, option: String? = nil
  ) throws(UserError) -> SettingValue {
    let option = option ?? key.setting.option.map { "--\($0)" } ?? "--set \(key.rawValue)"
    let words = option.dropFirst(2).split(separator: " ", maxSplits: 1).map(String.init)
    let told = { (predicate: String) in
      UserError.value(of: words[0], (words.dropFirst() + [predicate]).joined(separator: " "))
    }
    do throws(SettingProblem) {
      return try SettingChange(key, value, offer: offer).value
    } catch {
      switch error {
      case .notTaken(_, let expected, let given):
        throw told("takes \(expected) with \(rawValue), not \(given)")
      default:
        let known = offer.keys.filter(SettingKey.ofOption.contains).map(\.rawValue)
        throw told(
          "means nothing to the engine \(rawValue), which knows " + known.joined(separator: ", "))
      }
    }
  }
}
