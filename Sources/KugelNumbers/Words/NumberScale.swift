/// A number's groups of three digits, with their scales.
enum NumberScale {
  /// - Returns: thousands to the power, and the group, highest first; groups of zero left out.
  static func groups(_ value: Int) -> [(power: Int, group: Int)] {
    var groups: [(power: Int, group: Int)] = []
    var rest = value
    var power = 0
    while rest > 0 {
      if rest % 1000 > 0 { groups.insert((power, rest % 1000), at: 0) }
      rest /= 1000
      power += 1
    }
    return groups
  }

  static func list(_ text: String) -> [String] {
    text.split(separator: " ").map(String.init)
  }

  /// Months by their names and by short forms, in lower case.
  static func monthNames(_ names: [String], short: String) -> [String: Int] {
    var all: [String: Int] = [:]
    for (index, name) in names.enumerated() { all[name.lowercased()] = index + 1 }
    for (index, forms) in short.split(separator: " ").enumerated() {
      for form in forms.split(separator: "/") where form != "-" { all[String(form)] = index + 1 }
    }
    return all
  }
}
