import KugelAudio
import KugelScreenplay
import KugelService
import KugelSession
import KugelSystem
import KugelWire

/// Everything a run of a script is made of.
package struct ScriptSetup {
  package var director: Director.Settings
  package var source: ScriptSource
  /// Who speaks a line, or would speak one with these traits; throws what the user is told.
  package var cast: (VoiceDeclaration, VoiceTraits) throws -> ScriptVoice
  /// The service of a name that `cast` gave, and the number that its news carry; asked once for each.
  package var service: (String, _ desk: Int) throws -> ScriptService
  package var outputs: ScriptOutputs
  package var inbox: Inbox<ScriptRun.Event>

  package init(
    director: Director.Settings, source: ScriptSource, outputs: ScriptOutputs,
    inbox: Inbox<ScriptRun.Event>,
    cast: @escaping (VoiceDeclaration, VoiceTraits) throws -> ScriptVoice,
    service: @escaping (String, _ desk: Int) throws -> ScriptService
  ) {
    self.director = director
    self.source = source
    self.outputs = outputs
    self.inbox = inbox
    self.cast = cast
    self.service = service
  }
}

/// Where a script comes from.
package enum ScriptSource {
  /// Known completely, and without errors.
  case items([ScriptItem])
  /// Growing.
  case descriptor(CInt, Screenplay.Options)
}

/// A voice of a service.
package struct ScriptVoice: Equatable, Sendable {
  /// Names the service among those of the script.
  package var service: String
  /// Complete: what is not said here may be another voice's.
  package var settings: TurnSettings

  package init(service: String, settings: TurnSettings) {
    self.service = service
    self.settings = settings
  }
}

/// A service that speaks some of the voices.
package struct ScriptService {
  /// A service elsewhere was made for `.multi`; it posts its news as `.link` with the number that was
  /// given.
  package var place: ServicePlace
  package var policy: SessionPolicy

  package init(_ place: ServicePlace, policy: SessionPolicy = SessionPolicy()) {
    self.place = place
    self.policy = policy
  }
}

/// How a run of a script ended.
package struct ScriptOutcome {
  /// A line that was not spoken, or not to its end.
  package struct FailedLine: Equatable {
    /// Of the script.
    package var line: Int
    package var cause: Cause

    package enum Cause: Equatable {
      case speech(SessionFailure)
      case sound(path: String, cause: String)
    }
  }

  /// Turns that have ended, those that were spoken to their end, and those that held no word. Counted, as
  /// a script may go on for days.
  package private(set) var turns = 0
  package private(set) var spokenTurns = 0
  package private(set) var emptyTurns = 0
  /// Of the first turn that had any.
  package private(set) var timeToFirstAudio: Duration?
  package var failedLines: [FailedLine] = []
  package var soundCount = 0
  package var usage: [Usage] = []
  /// What ended the run for all lines.
  package var failure: SessionFailure?
  /// What could not be understood of a growing script.
  package var scriptError: ScriptError?
  /// What the casting threw, with the script's line.
  package var castError: (any Error)?
  package var sinkErrors: [SinkError] = []
  /// The error number when the input could not be read.
  package var inputError: CInt?
  package var signal: CInt?
  /// Frames of the mix, at its rate.
  package var length = 0

  package init() {}

  /// Whether there was anything to hear.
  package var hadSound: Bool { soundCount > 0 || turns > emptyTurns }

  mutating func count(_ report: TurnReport) {
    turns += 1
    if report.ending == .complete { spokenTurns += 1 }
    if report.ending == .empty { emptyTurns += 1 }
    timeToFirstAudio = timeToFirstAudio ?? report.timeToFirstAudio
  }
}

/// What a run tells while it goes on.
package enum ScriptNotice {
  case retrying(attempt: Int, after: Duration, cause: ServiceFailure)
  case failed(ScriptOutcome.FailedLine)
  /// A line began later than it should, in the script's line numbers.
  case late(line: Int, by: Duration)
  case mark(String, at: Duration)
  case title(String)
  /// A voice that nobody declared was cast.
  case cast(VoiceDeclaration)
  case invalidText(offset: Int)
}
