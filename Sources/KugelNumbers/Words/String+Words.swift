import KugelText

extension String {
  /// With its first letter in upper case.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// With every occurrence of a part replaced.
  func replacingWord(_ part: String, with other: String) -> String {
    replacing(part, with: other)
  }
}
