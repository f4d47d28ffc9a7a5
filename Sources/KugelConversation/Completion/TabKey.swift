import KugelSession

/// What Tab does at a prompt: it completes as far as is clear, and pressed again it lists what could be
/// meant.
package struct TabKey: Sendable {
  package enum Answer: Equatable, Sendable {
    /// There is nothing to add.
    case nothing
    /// So many Unicode scalars before the cursor give way to this text.
    case replace(Int, by: String)
    case list([String])
  }

  /// The line up to the cursor, where the last Tab left it with several ways to go on.
  private var unclear: String?

  package init() {}

  /// - Parameters:
  ///   - before: the line up to the cursor.
  ///   - completion: of just that.
  package mutating func press(_ before: String, _ completion: Completion?) -> Answer {
    guard let completion else {
      unclear = nil
      return .nothing
    }
    let scalars = before.unicodeScalars
    let kept = String(scalars.dropLast(completion.replaced))
    let isUnclear = completion.candidates.count > 1
    let wasUnclear = unclear == before
    unclear = isUnclear ? kept + completion.text : nil
    if String(scalars.suffix(completion.replaced)) != completion.text {
      return .replace(completion.replaced, by: completion.text)
    }
    return isUnclear && wasUnclear ? .list(completion.candidates) : .nothing
  }
}
