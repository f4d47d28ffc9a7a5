import KugelServiceCore
import KugelWire

/// Takes the news of a connection on the thread of its owner, or of whoever acts for it.
package protocol LinkEnd: AnyObject {
  func receive(_ news: ConnectionNews)
}

/// What a connection hears on another thread, on its way to its owner's.
package struct ConnectionNews: Sendable {
  package enum Content: Sendable {
    /// From the engine in this process.
    case engine(EngineNews, job: Int)
    /// Over a socket.
    case service(LinkEvent)
    /// What came over a socket in one piece: nothing happens between them.
    case frames([ServiceFrame])
    /// Of a job that is done by requests.
    case request(JobRelay.News, job: Int)
  }

  package var content: Content
  /// Tells the news of one opening from those of another.
  package var opening: Int
  /// When it came in; nil where that is when it is taken.
  package var at: ContinuousClock.Instant?

  package init(_ content: Content, opening: Int, at: ContinuousClock.Instant? = nil) {
    self.content = content
    self.opening = opening
    self.at = at
  }

  /// Whether there is nothing in it but sound.
  package var isSoundOnly: Bool {
    switch content {
    case .engine(.samples, _): true
    case .frames(let frames):
      frames.allSatisfy { if case .audio = $0.message { true } else { false } }
    case .engine, .service, .request: false
    }
  }
}
