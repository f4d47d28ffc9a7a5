import KugelAudio
import KugelScreenplay
import KugelService
import KugelSession
import KugelSystem
import KugelWire

/// What a run of a script is made of, besides what every run is.
package struct ScriptSetup {
  package var director: Director.Settings
  package var source: ScriptSource
  /// What messages call the script.
  package var name: String
  /// Whether somebody wants to know what of a line was heard.
  package var keepsTexts = false
  /// Who speaks a line, or would speak one with these traits; throws what the user is told.
  package var cast: (VoiceDeclaration, VoiceTraits) throws -> ScriptVoice
  /// A connection to the service of a name that `cast` gave, and its number.
  package var service: (String, _ link: Int) throws -> ScriptService

  package init(
    director: Director.Settings, source: ScriptSource, name: String = "the script",
    cast: @escaping (VoiceDeclaration, VoiceTraits) throws -> ScriptVoice,
    service: @escaping (String, _ link: Int) throws -> ScriptService
  ) {
    self.director = director
    self.source = source
    self.name = name
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
  /// How its lines are read.
  package var reading: TextReading

  package init(service: String, settings: TurnSettings, reading: TextReading = .raw) {
    self.service = service
    self.settings = settings
    self.reading = reading
  }

  /// What a connection has for all its contexts, besides what every context says itself: services keep
  /// what another voice was given, and cannot be told to forget it.
  ///
  /// Source: protocol notes, section 7.1.
  var common: TurnSettings {
    var common = settings
    (common.voice, common.cfgScale, common.maxNewTokens) = (nil, nil, nil)
    // These are said of each context, as they have a value that means none.
    (common.speed, common.pitch, common.language) = (nil, nil, nil)
    return common
  }
}

/// A service that speaks some of the voices.
package struct ScriptService {
  /// Made for `.multi`.
  package var connection: any SpeechConnection
  package var policy: SessionPolicy

  package init(_ connection: any SpeechConnection, policy: SessionPolicy = SessionPolicy()) {
    self.connection = connection
    self.policy = policy
  }
}

/// How a run of a script ended.
@dynamicMemberLookup
package struct ScriptOutcome {
  package var run = RunOutcome()

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

  /// Turns that have ended, those that were spoken and heard to their end, and those that held no word.
  /// Counted, as a script may go on for days.
  package private(set) var turns = 0
  package private(set) var spokenTurns = 0
  package private(set) var emptyTurns = 0
  /// Of turns.
  package private(set) var audioSamples = 0
  /// Of the first turn that had any.
  package private(set) var timeToFirstAudio: Duration?
  package var failedLines: [FailedLine] = []
  package var soundCount = 0
  /// What ended the run for all lines.
  package var failure: SessionFailure?
  /// What could not be understood of a growing script.
  package var scriptError: ScriptError?
  /// What the casting threw, with the script's line.
  package var castError: (any Error)?
  /// Frames of the mix, at its rate; of one that was cut, those that were heard.
  package var length = 0

  package init() {}

  package subscript<Value>(dynamicMember path: KeyPath<RunOutcome, Value>) -> Value {
    run[keyPath: path]
  }

  /// Whether there was anything to hear.
  package var hadSound: Bool { soundCount > 0 || turns > emptyTurns }
  /// There was, and no sample came of it.
  package var isSilent: Bool { soundCount == 0 && turns > emptyTurns && audioSamples == 0 }

  mutating func takeBackSpoken() { spokenTurns -= 1 }

  mutating func count(_ report: TurnReport) {
    turns += 1
    audioSamples += report.audioSamples
    if report.ending == .complete { spokenTurns += 1 }
    if report.ending == .empty { emptyTurns += 1 }
    timeToFirstAudio = timeToFirstAudio ?? report.timeToFirstAudio
  }
}

/// What only a script tells while it goes on.
package enum ScriptNotice {
  case failed(ScriptOutcome.FailedLine)
  /// A line began later than it should, in the script's line numbers.
  case late(line: Int, by: Duration)
  case mark(String, at: Duration)
  case title(String)
  /// A voice that nobody declared was cast.
  case cast(VoiceDeclaration)
}
