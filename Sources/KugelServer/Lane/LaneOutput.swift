import KugelServiceCore
import KugelWire

/// Where what a core says goes: a WebSocket, or the body of a response. Used on the loop's thread.
protocol LaneOutput: AnyObject {
  /// Bytes that the client has not taken.
  var pendingBytes: Int { get }
  /// Bytes handed over so far, taken or not.
  var sentBytes: Int { get }

  func send(_ frame: ServiceFrame, encoding: AudioEncoding)
  /// What was not sent of a context is not wanted any more.
  func cut(_ context: String)
  /// The end, after what was sent.
  func close(code: UInt16, reason: String)
  /// The end at once.
  func abandon()
  /// Bytes that a second of audio takes.
  func bytesPerSecond(rate: Int, encoding: AudioEncoding) -> Double
}
