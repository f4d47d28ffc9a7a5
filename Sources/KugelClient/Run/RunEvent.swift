import KugelConnections
import KugelConversation
import KugelFloor
import KugelSession
import KugelSystem
import KugelText

/// What reaches a run's thread from others.
package enum RunEvent: Sendable {
  /// Of the connection with this number.
  case news(ConnectionNews, link: Int)
  /// An output has ended, failed or has room again.
  case sinkChanged
  /// Nobody reads yet from the pipe of this name.
  case outputWaits(String)
  case signal(CInt)
  case copyFailed(code: CInt)
  /// The wait for the speakers is over.
  case floorGranted(TurnFloor.Grant)
  /// Of a wait for the speakers.
  case floorTold(FloorNotice)
  /// This process was suspended, and others may have the speakers.
  case floorDoubted
  /// Another process wants something of this one.
  case steered(SpeechFloor.Request)
  /// They are another's, and that is not waited for.
  case floorRefused
  /// Somebody at the terminal wants to know its keys.
  case keysAsked
  case voices(Result<[Voice], ConversationProblem>)
}

extension Inbox<RunEvent> {
  /// Where a connection's news go. Sound may be taken where it comes in; what ends or changes something waits for the run.
  package func news(ofLink number: Int = 0) -> @Sendable (ConnectionNews) -> Void {
    { [self] news in
      if news.isSoundOnly {
        hand(.news(news, link: number))
      } else {
        post(.news(news, link: number))
      }
    }
  }
}
