import Synchronization

/// Whether text that is copied to a terminal, or typed there, has ended its line, so that what is said there
/// beside it begins a line of its own.
package final class CopiedLine: Sendable {
  /// Behind it the pen is where it was.
  private static let undimmed = Array("\u{1B}[22m".utf8)

  private let isOpen = Atomic(false)

  package init() {}

  func wrote(_ bytes: [UInt8]) {
    let text =
      bytes.suffix(Self.undimmed.count) == Self.undimmed[...]
      ? bytes.dropLast(Self.undimmed.count) : bytes[...]
    if let last = text.last { isOpen.store(last != UInt8(ascii: "\n"), ordering: .releasing) }
  }

  /// The line is ended now, by whoever asks.
  ///
  /// - Returns: whether it had to be.
  package func end() -> Bool { isOpen.exchange(false, ordering: .acquiringAndReleasing) }
}
