/// How much a value holds: everything in it, and the bytes of its texts. What is behind a reference counts
/// as one.
package func stateSize(_ value: Any) -> Int {
  if let text = value as? String { return 1 + text.utf8.count }
  let mirror = Mirror(reflecting: value)
  guard mirror.displayStyle != .class else { return 1 }
  return mirror.children.reduce(1) { $0 + stateSize($1.value) }
}
