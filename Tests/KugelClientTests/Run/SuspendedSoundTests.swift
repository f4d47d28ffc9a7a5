import Testing

@testable import KugelAudio
@testable import KugelFloor

/// Two rooms that do not know each other hold to one figure.
@Test func `what a suspended process has given to a device is waited for`() {
  let held = Duration.microseconds(Int64(PCMHandle.bufferMicroseconds))
  // A sound server that has just begun holds as much again; and somebody is heard within a second.
  #expect(FloorWait.grace > held * 2 && FloorWait.grace < .milliseconds(800))
}
