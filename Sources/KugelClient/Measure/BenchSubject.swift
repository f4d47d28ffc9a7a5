import KugelService
import KugelServiceCore
import KugelSession
import KugelSystem
import KugelTransport
import KugelWire

/// A service that is measured, and how it is to speak.
package struct BenchSubject {
  package enum Service {
    /// The service core in this process.
    case local(ServiceProfile, SynthesisWorker)
    /// A service elsewhere; its connections share the loop.
    case remote(RemoteService, defaultRate: Int, loop: EventLoop)
    /// Whatever is made from where its events go.
    case made((@escaping (LinkEvent) -> Void) -> any SpeechConnection)
  }

  package var service: Service
  package var settings: TurnSettings
  package var policy: SessionPolicy

  package init(service: Service, settings: TurnSettings, policy: SessionPolicy) {
    self.service = service
    self.settings = settings
    // What fails is counted; a second try would hide it.
    var policy = policy
    policy.retries = 0
    policy.onDrop = .fail
    policy.totalTimeout = nil
    self.policy = policy
  }
}

/// What reaches the measuring thread from others.
package enum BenchEvent: Sendable {
  case engine(EngineNews, job: Int, opening: Int, lane: Int)
  /// Stamped where it came in.
  case link(LinkEvent, opening: Int, lane: Int, at: ContinuousClock.Instant)
  case signal(CInt)
}
