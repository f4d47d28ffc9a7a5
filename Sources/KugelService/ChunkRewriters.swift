import KugelServiceCore
import Synchronization

/// What makes words of the numbers of each language, made once.
final class ChunkRewriters: Sendable {
  private let made = Mutex<[String?: ChunkRewriter]>([:])

  func rewriter(for language: String?) -> ChunkRewriter {
    made.withLock { made in
      if let known = made[language] { return known }
      let rewriter = ChunkRewriter(language: language, numbers: .unclear)
      made[language] = rewriter
      return rewriter
    }
  }
}
