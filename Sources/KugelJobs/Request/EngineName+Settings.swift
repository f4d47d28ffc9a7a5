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
    do throws(SettingProblem) {
      return try SettingChange(key, value, offer: offer).value
    } catch {
      switch error {
      case .notTaken(_, let expected, let given):
        throw .usage("\(option) takes \(expected) with \(rawValue), not \(given)")
      default:
        let known = offer.keys.filter(SettingKey.ofOption.contains).map(\.rawValue)
        throw .usage(
          "\(option) means nothing to the engine \(rawValue), which knows "
            + known.joined(separator: ", "))
      }
    }
  }
}
