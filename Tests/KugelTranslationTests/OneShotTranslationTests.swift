import Testing

@testable import KugelTranslation
@testable import KugelWire

extension TurnSettings {
  fileprivate static var voiced: TurnSettings {
    var settings = TurnSettings()
    settings.voice = .id(7)
    return settings
  }
}

@Suite struct OneShotTranslationTests {
  private func request(_ text: String) -> ClientFrame {
    ClientFrame(text: text, settings: .voiced, flush: true)
  }

  private var final: ServiceMessage {
    var statistics = FinalStatistics()
    statistics.usage = Usage(audioSeconds: 2, characters: 4)
    return .final(statistics)
  }

  @Test func `text and flush become one request`() {
    var oneShot = OneShotTranslation()
    #expect(oneShot.send(ClientFrame(text: "One. ", settings: .voiced)).frames == [])
    #expect(oneShot.send(ClientFrame(text: "Two.")).frames == [])
    #expect(oneShot.send(.flush).frames == [request("One. Two.")])
  }

  @Test func `requests wait for one another, and each says everything`() {
    var oneShot = OneShotTranslation()
    _ = oneShot.send(ClientFrame(text: "One.", settings: .voiced, flush: true))
    #expect(oneShot.send(ClientFrame(text: "Two.", flush: true)).frames == [])
    let answered = oneShot.receive(final)
    #expect(answered.frames == [request("Two.")])
    #expect(
      answered.messages == [
        final,
        .sessionClosed(
          TurnTotals(audioSeconds: 2), usage: Usage(audioSeconds: 2, characters: 4)),
      ])
  }

  @Test func `final is the end of the turn, with or without usage`() {
    var oneShot = OneShotTranslation()
    _ = oneShot.send(request("One."))
    var old = FinalStatistics()
    old.durationMilliseconds = 1500
    #expect(
      oneShot.receive(.final(old)).messages.last
        == .sessionClosed(TurnTotals(audioSeconds: 1.5), usage: nil))
  }

  @Test func `a cancel drops what waits, and the next request waits for its acknowledgement`() {
    var oneShot = OneShotTranslation()
    _ = oneShot.send(request("One."))
    _ = oneShot.send(request("Two."))
    #expect(oneShot.send(.cancel).frames == [.cancel])
    #expect(oneShot.send(request("Three.")).frames == [])
    #expect(oneShot.receive(final) == .init(frames: [], messages: [final]))
    #expect(
      oneShot.receive(.interrupted)
        == .init(frames: [request("Three.")], messages: [.interrupted]))
  }

  @Test func `an error ends its request only`() {
    var oneShot = OneShotTranslation()
    _ = oneShot.send(request("One."))
    _ = oneShot.send(request("Two."))
    #expect(oneShot.receive(.error(.generationFailed)).frames == [request("Two.")])
  }

  @Test func `white space alone is answered without asking`() {
    var oneShot = OneShotTranslation()
    _ = oneShot.send(ClientFrame(text: " \n"))
    #expect(
      oneShot.send(.flush)
        == .init(frames: [], messages: [.sessionClosed(TurnTotals(), usage: nil)]))
  }
}
