import Glibc
import KugelSystem

/// ONNX Runtime, loaded when a voice is first needed; the one door to it.
@safe final class OnnxRuntime: @unchecked Sendable {
  // Unchecked because of the handles: the library allows its environment to be used by any thread.
  struct Failure: Error, Equatable {
    var cause: String
  }

  /// The library's own, such as `1.32.0`.
  let version: String
  let functions: OnnxFunctions
  let environment: OnnxFunctions.Handle
  let memory: OnnxFunctions.Handle

  /// The library writes and sends reports of its use, from a thread that begins before it can be told not
  /// to; this has to be there before it is loaded.
  static func silence() { unsafe setenv("ORT_DISABLE_TELEMETRY", "1", 1) }

  /// Only what is fatal, and nothing of what fails: that is told by a status.
  private static let severity: CInt = 4

  init(_ library: LoadedLibrary) throws(Failure) {
    typealias Base = UnsafePointer<UnsafeRawPointer?>
    guard
      let base = unsafe library.function(
        "OrtGetApiBase", as: (@convention(c) () -> Base?).self)?()
    else { throw Failure(cause: "it is no ONNX Runtime") }
    let version = unsafe unsafeBitCast(
      base[1], to: (@convention(c) () -> UnsafePointer<CChar>?).self)()
    self.version = unsafe version.map { unsafe String(cString: $0) } ?? "unknown"
    // Asked for more than it has, an old library writes a line of its own.
    guard Self.isNewEnough(self.version) else {
      throw Failure(cause: "it is of version \(self.version), and 1.14 or newer is needed")
    }
    guard
      let table = unsafe unsafeBitCast(
        base[0], to: (@convention(c) (UInt32) -> Base?).self)(OnnxFunctions.version)
    else {
      throw Failure(
        cause: "it is of version \(self.version), which has no functions of 1.14 any more")
    }
    functions = unsafe OnnxFunctions(table)
    var (environment, memory): (OnnxFunctions.Handle?, OnnxFunctions.Handle?)
    let functions = functions
    try unsafe Self.check(
      functions, functions.makeEnvironment(Self.severity, "kugel", &environment))
    try unsafe Self.check(functions, functions.stopTelemetry(environment))
    try unsafe Self.check(functions, functions.makeMemory(0, 0, &memory))
    guard let environment = unsafe environment, let memory = unsafe memory else {
      throw Failure(cause: "it gave nothing")
    }
    unsafe self.environment = environment
    unsafe self.memory = memory
  }

  deinit {
    unsafe functions.releaseMemory(memory)
    unsafe functions.releaseEnvironment(environment)
  }

  private static func isNewEnough(_ version: String) -> Bool {
    let numbers = version.split(separator: ".").map { Int($0) ?? 0 }
    guard numbers.count > 1 else { return false }
    return numbers[0] > 1 || numbers[0] == 1 && numbers[1] >= Int(OnnxFunctions.version)
  }

  func check(_ status: OnnxFunctions.Status) throws(Failure) {
    try unsafe Self.check(functions, status)
  }

  private static func check(
    _ functions: OnnxFunctions, _ status: OnnxFunctions.Status
  ) throws(Failure) {
    guard let status = unsafe status else { return }
    defer { unsafe functions.releaseStatus(status) }
    let text = unsafe functions.message(status).map { unsafe String(cString: $0) } ?? "it failed"
    throw Failure(cause: OnnxComplaint.shown(text))
  }
}
