import KugelSession
import KugelTranslation
import KugelWire
import Testing

@Suite struct OneShotSessionTests {
  @Test func `a whole session speaks to an endpoint of complete texts`() {
    var bench = SessionBench.open()
    var oneShot = OneShotTranslation()
    var asked: [ClientFrame] = []
    let actions =
      bench.after(.zero, .text("Hello.")) + bench.after(.zero, .finish)
    for action in actions {
      if case .send(let frame) = action { asked += oneShot.send(frame).frames }
    }
    #expect(asked == [ClientFrame(text: "Hello.", settings: .voiced, flush: true)])
    var last: [SpeechSession.Action] = []
    for message in [ServiceMessage.audio(.of([1, 2])), .final(FinalStatistics())] {
      for heard in oneShot.receive(message).messages {
        last += bench.after(.zero, .received(heard))
      }
    }
    #expect(last.last == .finished)
  }
}
