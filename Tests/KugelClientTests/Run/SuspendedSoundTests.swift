import Testing

@testable import KugelAudio
@testable import KugelFloor

/// Two rooms that do not know each other hold to one figure.
@Test func `what a suspended process has given to a device is waited for`() {
  let period = Duration.microseconds(Int64(PCMHandle.periodMicroseconds))
  // Three periods in a sound server, one that it has mixed, and what it takes at first; and somebody is heard within
  // a second.
  #expect(FloorWait.grace >= period * 4 + .milliseconds(280))
  #expect(FloorWait.grace < .milliseconds(900))
}
