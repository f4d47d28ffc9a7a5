import KugelWire

extension ServiceCapabilities {
  /// Where a key may be put.
  var keyAdvice: String {
    "Name a file that holds it: --key-file FILE; or set \(keyVariables[0])."
  }

  var voicesAdvice: String { "List the voices with: kugel voices -e \(name)" }
}
