import Glibc
import KugelSession
import TestSupport
import Testing

/// Somebody at a prompt, for ten minutes with `make test`; `KUGEL_SOAK_MINUTES` lets more pass (`make soak`: a
/// day), and `KUGEL_SOAK_PRINT` says how it went.
@Suite struct ConversationDayTests {
  private static let minutes =
    unsafe getenv("KUGEL_SOAK_MINUTES").flatMap { unsafe Int(String(cString: $0)) } ?? 10
  private static let prints = unsafe getenv("KUGEL_SOAK_PRINT") != nil

  private static let asides = [
    "/status", "/usage", "/voices e", "/mark here", "/cancel", "/cancel after 300ms",
    "/set speed=1.1",
    "/set speed=1", "/set voice=2", "/volume -3dB", "/expect first-sound < 900ms",
    "/expect gaps = 0",
    "/help", "/nonsense", "/save a.wav", "/save off", "/pause", "/resume", "/wait heard",
  ]

  @Test(.timeLimit(.minutes(10)))
  func `a day at the prompt: every turn is counted, and nothing is kept that grows`() {
    var dice = SystemlessDice(seed: 22)
    var talk = VirtualTalk(.prompt)
    var (turns, cut, lost, problems) = (0, 0, 0, 0)
    var sizes: [Int] = []
    let end = talk.began + .seconds(60 * Self.minutes)
    while talk.now < end {
      turns += 1
      talk.type("Turn \(turns) says \(dice.below(9)).")
      for _ in 0..<dice.below(3) {
        talk.advance(.milliseconds(dice.below(1500)))
        talk.type(dice.pick(Self.asides))
      }
      switch dice.below(40) {
      case 0...3:
        talk.advance(.milliseconds(dice.below(1500)))
        talk.interrupt()
        cut += 1
      case 4:
        talk.breakConnection()
        lost += 1
      default: break
      }
      talk.type("/resume")
      talk.advance(.seconds(60)) { $0.happenings.ledger.isIdle }
      // Two interrupts within a second would leave.
      talk.advance(.milliseconds(1001 + dice.below(5000)))
      problems += talk.answers.count { if case .problem = $0.reply { true } else { false } }
      talk.forget()
      sizes.append(talk.machines.reduce(0) { $0 + stateSize($1) })
    }
    talk.finish()
    if Self.prints {
      print(
        "simulated hours at the prompt: \(turns) turns, \(cut) interrupts, \(lost) losses,",
        "state of \(sizes.last ?? 0), at most \(sizes.max() ?? 0)")
    }
    #expect(talk.isFinished)
    #expect(talk.conversation.totals.turns == turns)
    #expect(talk.conversation.totals.problems == problems)
    #expect(problems > 0 && cut > 0 && lost > 0)
    // The figures of the last hundred turns are kept, so the beginning is lighter.
    let warm = sizes.dropFirst(120)
    guard warm.count > 100 else { return }
    let half = warm.startIndex + warm.count / 2
    #expect((warm[half...].max() ?? 0) <= (warm[..<half].max() ?? 0) * 11 / 10)
  }
}
