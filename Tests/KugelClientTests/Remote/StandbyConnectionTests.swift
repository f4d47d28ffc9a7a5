import KugelSession
import KugelWire
import Testing

@testable import KugelConnections

/// Does what it is told to, and remembers what was said to it.
private final class Puppet: SpeechConnection {
  var deliver: (LinkEvent) -> Void = { _ in }
  var deadline: ContinuousClock.Instant? { nil }
  var said: [String] = []
  var isOpen = false
  var opensAtOnce = false

  func open() {
    isOpen = true
    if opensAtOnce { deliver(.opened) }
  }
  func send(_ frame: ClientFrame) { said.append(frame.text ?? (frame.cancel ? "cancel" : "")) }
  func receive(_ news: ConnectionNews) {}
  func hold(_ held: Bool) { said.append("hold") }
  func close() { isOpen = false }
  func tick(at now: ContinuousClock.Instant) {}
}

@Suite struct StandbyConnectionTests {
  private let first = Puppet()
  private let second = Puppet()
  private let connection: StandbyConnection
  private final class Record {
    var events: [LinkEvent] = []
    var remarks: [String] = []
  }
  private let record = Record()

  init() {
    second.opensAtOnce = true
    connection = StandbyConnection(
      first, patience: .seconds(2), remark: { [record] in record.remarks.append($0) },
      other: { [second] in second })
    connection.deliver = { [record] in record.events.append($0) }
  }

  private static func frame(_ text: String) -> ClientFrame {
    var frame = ClientFrame()
    frame.text = text
    return frame
  }

  private static let sound = LinkEvent.received(
    ServiceFrame(.audio(AudioFrame(samples: [1], rate: 24_000, index: 0, chunk: 0))))
  private static let begun = LinkEvent.received(
    ServiceFrame(.generationStarted(chunk: 0, text: "one")))

  @Test func `the first one speaks, and is not replaced once it has`() {
    connection.open()
    first.deliver(.opened)
    connection.send(Self.frame("one"))
    first.deliver(Self.begun)
    #expect(record.events == [.opened])
    first.deliver(Self.sound)
    #expect(record.events == [.opened, Self.begun, Self.sound])
    #expect(connection.deadline == nil)
    first.deliver(.lost(.broken("gone")))
    #expect(record.events.last == .lost(.broken("gone")) && !second.isOpen)
    #expect(record.remarks.isEmpty)
  }

  @Test func `one that does not open in time is replaced, and its words are said by the other`()
    throws
  {
    connection.open()
    let due = try #require(connection.deadline)
    connection.tick(at: due - .seconds(1))
    #expect(!second.isOpen)
    connection.tick(at: due)
    #expect(second.isOpen && !first.isOpen && record.events == [.opened])
    connection.send(Self.frame("one"))
    #expect(second.said == ["one"] && first.said.isEmpty && record.remarks.count == 1)
    // What the first one still says is nobody's.
    second.deliver(Self.sound)
    #expect(record.events == [.opened, Self.sound])
  }

  @Test(arguments: [false, true])
  func `one that refuses or is lost before it spoke is replaced`(isLost: Bool) {
    connection.open()
    first.deliver(.opened)
    connection.hold(true)
    connection.send(Self.frame("one"))
    connection.send(Self.frame("two"))
    first.deliver(Self.begun)
    first.deliver(
      isLost
        ? .lost(.broken("gone")) : .received(ServiceFrame(.error(.notFound("Voice")))))
    #expect(second.said == ["hold", "one", "two"])
    #expect(record.events == [.opened] && record.remarks.count == 1)
    // What came along with it is nobody's.
    first.deliver(Self.sound)
    #expect(record.events == [.opened])
    connection.send(Self.frame("three"))
    #expect(second.said.last == "three" && first.said == ["hold", "one", "two"])
  }

  @Test func `one that was closed is not replaced`() {
    connection.open()
    connection.close()
    #expect(connection.deadline == nil && !second.isOpen)
  }
}
