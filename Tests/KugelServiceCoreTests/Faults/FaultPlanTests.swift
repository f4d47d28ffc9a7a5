import Testing

@testable import KugelServiceCore
@testable import KugelWire

@Suite struct FaultPlanTests {
  @Test func `a list names faults with their values`() throws {
    let plan = try FaultPlan(" delay=200, jitter=50,slow=0.5,odd-bytes ,close=1012,close-after=2")
    #expect(plan.integer(.delay) == 200)
    #expect(plan.number(.slow) == 0.5)
    #expect(plan.has(.oddBytes))
    #expect(!plan.has(.silent))
    #expect(try FaultPlan("").isEmpty)
    #expect(try FaultPlan("delay=1,delay=2").integer(.delay) == 2)
    #expect(try FaultPlan("delay=1.5s,jitter=1m").integer(.delay) == 1500)
  }

  @Test(arguments: [
    "delai=200", "delay", "delay=x", "delay=2h", "delay=-1", "slow=0", "slow=inf", "slow=nan",
    "close=999",
    "close=5000", "close-after=1", "delay-every=2", "status=500", "odd-bytes=1", "error=NOPE",
    "error", "times=0",
    "fail-turns=0", "drop-after=1.5", "=", "silent=",
  ])
  func `a list that cannot be meant is refused`(list: String) {
    #expect(throws: FaultPlanError.self) { try FaultPlan(list) }
  }

  @Test func `an unknown fault is told all there are`() {
    do throws(FaultPlanError) {
      _ = try FaultPlan("sleep=1")
      Issue.record("it was taken")
    } catch {
      for kind in FaultKind.allCases { #expect(error.message.contains(kind.rawValue)) }
    }
  }

  @Test func `every fault has a meaning, and a placeholder exactly if it has a value`() {
    for kind in FaultKind.allCases {
      #expect(!kind.meaning.isEmpty && !kind.meaning.hasSuffix("."))
      #expect(kind.placeholder.isEmpty == (kind.value == .none), "\(kind.rawValue)")
    }
  }

  @Test(arguments: [
    ("refuse-key", 401, nil), ("status=402", 402, nil), ("status=429", 429, "1"),
    ("status=503", 503, "1"),
  ])
  func `some faults refuse the upgrade`(list: String, status: Int, retryAfter: String?) throws {
    let refusal = try #require(try FaultPlan(list).refusal)
    #expect(refusal.status == status)
    #expect(refusal.header("retry-after") == retryAfter)
    #expect(String(decoding: refusal.body, as: UTF8.self).contains("\"code\":\(status)"))
  }

  @Test func `others do not, and only the first connections are affected when asked so`() throws {
    #expect(try FaultPlan("delay=1").refusal == nil)
    let plan = try FaultPlan("refuse-key,times=2")
    #expect(plan.plan(forConnection: 1).refusal != nil)
    #expect(plan.plan(forConnection: 2).isEmpty)
  }
}
