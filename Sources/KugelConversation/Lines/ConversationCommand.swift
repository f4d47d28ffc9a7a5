import KugelSession
import KugelWire

/// One thing asked for in a conversation, whether it was typed, scripted or sent as JSON.
package enum ConversationCommand: Equatable, Sendable {
  /// Goes to the open turn exactly as it is; begins one when none is open.
  case send(String)
  /// A line without text: ends the turn if one is open.
  case blank
  case end
  /// A whole turn, or the rest of the open one.
  case say(String)
  case flush
  /// Barge-in; `after` counts from the first sound of the turn.
  case cancel(after: Duration?)
  case set([SettingChange])
  case wait(Wait)
  case mark(String)
  case pause
  case resume
  /// A sentence, in what was received.
  case back
  case on
  case volume(decibels: Double)
  /// Records what is heard from here on; nil ends the recording.
  case save(String?)
  case expect(Expectation)
  /// The figures of one turn; nil is the last one.
  case status(turn: Int?)
  case usage
  case voices(String)
  case help
  case quit

  package enum Wait: Equatable, Sendable {
    /// The service has finished every turn begun.
    case final
    /// Everything said has been played.
    case heard
    case time(Duration)
  }
}

/// Why one line was not understood, or cannot be done now; a sentence without its full stop.
package struct ConversationProblem: Error, Equatable, Sendable {
  package var message: String

  package init(_ message: String) { self.message = message }
}

/// One line of a conversation: where it stood and what it asks.
package struct ConversationRequest: Equatable, Sendable {
  /// Counts from 1.
  package var line: Int
  package var id: RequestID?
  /// The operation as it was named, such as `cancel`; nil for plain text and for what has no name.
  package var operation: String?
  package var request: Result<ConversationCommand, ConversationProblem>

  package init(
    line: Int, id: RequestID? = nil, operation: String? = nil,
    request: Result<ConversationCommand, ConversationProblem>
  ) {
    self.line = line
    self.id = id
    self.operation = operation
    self.request = request
  }
}

/// Who is at the other end of a conversation.
package enum ConversationStyle: String, Equatable, Sendable {
  /// Somebody at a terminal: each line is a turn, nothing waits.
  case prompt
  /// Lines that are carried out one after the other; a blank line waits for its turn.
  case script
  /// A program that speaks JSON lines; only `wait` waits.
  case json
}
