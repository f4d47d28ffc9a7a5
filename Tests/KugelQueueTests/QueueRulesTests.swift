import Testing

@testable import KugelQueue

/// `normal 3 claude replaces` in short.
private func item(
  _ id: Int32, _ priority: QueueWish.Priority = .normal, at arrival: Int = 0,
  from source: String? = nil, replaces: Bool = false, dropAfter: Duration? = nil,
  _ state: QueueItem.State = .waiting
) -> QueueItem {
  var wish = QueueWish()
  (wish.priority, wish.source, wish.replaces, wish.dropAfter) = (
    priority, source, replaces, dropAfter
  )
  var item = QueueItem(id: id, process: id, wish: wish, arrival: arrival, date: 0)
  item.state = state
  return item
}

@Suite struct QueueRulesTests {
  struct Case: Sendable {
    var name: String
    var own: QueueItem
    var others: [QueueRules.Entry]
    var now = 100
    var verdict: QueueRules.Verdict
  }

  @Test(arguments: [
    Case(name: "alone", own: item(1), others: [], verdict: .next),
    Case(
      name: "itself among the others", own: item(1), others: [.init(item(1))], verdict: .next),
    Case(
      name: "who came first goes first", own: item(2, at: 2), others: [.init(item(1, at: 1))],
      verdict: .wait(for: 1)),
    Case(
      name: "who came later does not", own: item(1, at: 1), others: [.init(item(2, at: 2))],
      verdict: .next),
    Case(
      name: "urgent goes before what came first", own: item(1, at: 1),
      others: [.init(item(2, .urgent, at: 2))], verdict: .wait(for: 2)),
    Case(
      name: "idle waits for what came later", own: item(1, .idle, at: 1),
      others: [.init(item(3, at: 3)), .init(item(2, at: 2))], verdict: .wait(for: 2)),
    Case(
      name: "who speaks has its turn already", own: item(2, at: 2),
      others: [.init(item(1, at: 1, .speaking))], verdict: .next),
    Case(
      name: "who is suspended is passed", own: item(3, at: 3),
      others: [.init(item(1, at: 1), .suspended), .init(item(2, .urgent, at: 2), .suspended)],
      verdict: .next),
    Case(
      name: "at the same moment the numbers decide", own: item(2, at: 1),
      others: [.init(item(1, at: 1))], verdict: .wait(for: 1)),
    Case(
      name: "something newer of the same source", own: item(1, at: 1, from: "a"),
      others: [.init(item(2, at: 2, from: "a", replaces: true))], verdict: .drop(.replaced)),
    Case(
      name: "something newer that is spoken already", own: item(1, at: 1, from: "a"),
      others: [.init(item(2, at: 2, from: "a", replaces: true, .speaking))],
      verdict: .drop(.replaced)),
    Case(
      name: "something newer that replaces nothing", own: item(1, at: 1, from: "a"),
      others: [.init(item(2, at: 2, from: "a"))], verdict: .next),
    Case(
      name: "something newer of another source", own: item(1, at: 1, from: "a"),
      others: [.init(item(2, at: 2, from: "b", replaces: true))], verdict: .next),
    Case(
      name: "without a source nothing is replaced", own: item(1, at: 1),
      others: [.init(item(2, at: 2, replaces: true))], verdict: .next),
    Case(
      name: "something older replaces nothing", own: item(2, at: 2, from: "a"),
      others: [.init(item(1, at: 1, from: "a", replaces: true, .speaking))], verdict: .next),
    Case(
      name: "not stale yet", own: item(1, at: 1, dropAfter: .nanoseconds(100)), others: [],
      verdict: .next),
    Case(
      name: "stale", own: item(1, at: 0, dropAfter: .nanoseconds(100)), others: [],
      verdict: .drop(.stale(after: .nanoseconds(100)))),
  ])
  func `who speaks next`(_ it: Case) {
    #expect(
      QueueRules.verdict(on: it.own, among: it.others, at: it.now) == it.verdict, "\(it.name)")
  }

  @Test func `in every order of looking exactly one comes next`() {
    let entries = [
      item(1, .idle, at: 1), item(2, at: 5), item(3, .urgent, at: 9), item(4, at: 4),
      item(5, .urgent, at: 8), item(6, .idle, at: 2),
    ].map { QueueRules.Entry($0) }
    var (left, order): ([QueueRules.Entry], [Int32]) = (entries, [])
    while !left.isEmpty {
      let next = left.filter { QueueRules.verdict(on: $0.item, among: left, at: 10) == .next }
      #expect(next.count == 1)
      order += next.map(\.item.id)
      left.removeAll { entry in next.contains { $0.item.id == entry.item.id } }
    }
    #expect(order == [5, 3, 4, 2, 1, 6])
    #expect(QueueRules.listed(entries.reversed()).map(\.item.id) == order)
  }

  @Test func `only what waits is replaced`() {
    let newer = item(9, at: 9, from: "a", replaces: true)
    let others = [
      item(1, at: 1, from: "a", .speaking), item(2, at: 2, from: "a"), item(3, at: 3, from: "b"),
      item(4, at: 4), item(5, at: 20, from: "a"),
    ].map { QueueRules.Entry($0) }
    #expect(QueueRules.replaced(by: newer, among: others) == [2])
  }

  @Test func `an entry is read as it was written, and nothing else is`() {
    var wish = QueueWish()
    (wish.source, wish.priority, wish.replaces) = ("agent \"x\"\u{7F}", .idle, true)
    (wish.dropAfter, wish.title, wish.characters) = (.seconds(300), "Grüße 🎈", 17)
    var item = QueueItem(id: 7, process: 8, wish: wish, arrival: 1 << 60, date: 1_900_000_000)
    item.state = .speaking
    #expect(QueueItem(json: item.json) == item)
    let plain = QueueItem(id: 7, process: 8, wish: QueueWish(), arrival: 0, date: 0)
    #expect(QueueItem(json: plain.json) == plain)
    for text in [
      "", "{}", "[]", "7", "{\"id\":7}", String(decoding: item.json, as: UTF8.self) + "}",
    ] {
      #expect(QueueItem(json: Array(text.utf8)) == nil, "\(text)")
    }
    for count in 0..<item.json.count {
      #expect(QueueItem(json: Array(item.json.prefix(count))) == nil)
    }
  }

  @Test(arguments: [
    ("", nil), (" \n ", nil), ("Hello", "Hello"), ("  two\n\nlines ", "two lines"),
    (String(repeating: "x", count: 61), String(repeating: "x", count: 59) + "…"),
  ])
  func `titles`(text: String, title: String?) {
    #expect(QueueWish.title(of: text) == title)
  }

  @Test func `a report is read as it was written`() {
    var report = SpeechReport()
    (report.isPaused, report.heard, report.left, report.isGrowing) = (true, 1.5, 20.25, true)
    #expect(SpeechReport(json: report.json) == report)
    #expect(SpeechReport(json: Array("{\"heard\":1}".utf8)) == nil)
  }
}
