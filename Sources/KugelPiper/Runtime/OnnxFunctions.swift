/// The functions of ONNX Runtime that are used, by their places in its table.
///
/// The table is only ever appended to; 14 is the version of it that all libraries from 1.14 on have.
///
/// Source: onnxruntime_c_api.h of 1.14.
@safe struct OnnxFunctions: @unchecked Sendable {
  // Unchecked because of the functions' pointer arguments; the functions themselves are constants.
  typealias Handle = OpaquePointer
  typealias Status = OpaquePointer?
  typealias Text = UnsafePointer<CChar>
  typealias Release = @convention(c) (Handle?) -> Void
  typealias Made = UnsafeMutablePointer<Handle?>

  static let version: UInt32 = 14

  let message: @convention(c) (Handle?) -> Text?
  let makeEnvironment: @convention(c) (CInt, Text, Made) -> Status
  let stopTelemetry: @convention(c) (Handle?) -> Status
  let makeSession: @convention(c) (Handle?, UnsafeRawPointer?, Int, Handle?, Made) -> Status
  let run:
    @convention(c) (
      Handle?, Handle?, UnsafePointer<Text?>?, UnsafePointer<Handle?>?, Int, UnsafePointer<Text?>?,
      Int, UnsafeMutablePointer<Handle?>?
    ) -> Status
  let makeOptions: @convention(c) (Made) -> Status
  let keepOptimized: @convention(c) (Handle?, Text) -> Status
  let setLevel: @convention(c) (Handle?, CInt) -> Status
  let setThreads: @convention(c) (Handle?, CInt) -> Status
  let setThreadsBetween: @convention(c) (Handle?, CInt) -> Status
  let configure: @convention(c) (Handle?, Text, Text) -> Status
  let makeRunOptions: @convention(c) (Made) -> Status
  let terminate: @convention(c) (Handle?) -> Status
  let makeTensor:
    @convention(c) (
      Handle?, UnsafeMutableRawPointer?, Int, UnsafePointer<Int64>?, Int, CInt, Made
    ) -> Status
  let data: @convention(c) (Handle?, UnsafeMutablePointer<UnsafeMutableRawPointer?>) -> Status
  let elementType: @convention(c) (Handle?, UnsafeMutablePointer<CInt>) -> Status
  let dimensionCount: @convention(c) (Handle?, UnsafeMutablePointer<Int>) -> Status
  let dimensions: @convention(c) (Handle?, UnsafeMutablePointer<Int64>?, Int) -> Status
  let shape: @convention(c) (Handle?, Made) -> Status
  let makeMemory: @convention(c) (CInt, CInt, Made) -> Status
  let releaseEnvironment, releaseStatus, releaseMemory, releaseSession, releaseValue: Release
  let releaseRunOptions, releaseShape, releaseOptions: Release

  /// - Parameter table: of a library, for version 14.
  init(_ table: UnsafePointer<UnsafeRawPointer?>) {
    func slot<Function>(_ number: Int) -> Function {
      unsafe unsafeBitCast(table[number], to: Function.self)
    }
    unsafe message = slot(2)
    unsafe makeEnvironment = slot(3)
    unsafe stopTelemetry = slot(6)
    unsafe makeSession = slot(8)
    unsafe run = slot(9)
    unsafe makeOptions = slot(10)
    unsafe keepOptimized = slot(11)
    unsafe setLevel = slot(23)
    unsafe setThreads = slot(24)
    unsafe setThreadsBetween = slot(25)
    unsafe makeRunOptions = slot(39)
    unsafe terminate = slot(46)
    unsafe makeTensor = slot(49)
    unsafe data = slot(51)
    unsafe elementType = slot(60)
    unsafe dimensionCount = slot(61)
    unsafe dimensions = slot(62)
    unsafe shape = slot(65)
    unsafe makeMemory = slot(69)
    unsafe releaseEnvironment = slot(92)
    unsafe releaseStatus = slot(93)
    unsafe releaseMemory = slot(94)
    unsafe releaseSession = slot(95)
    unsafe releaseValue = slot(96)
    unsafe releaseRunOptions = slot(97)
    unsafe releaseShape = slot(99)
    unsafe releaseOptions = slot(100)
    unsafe configure = slot(130)
  }
}
