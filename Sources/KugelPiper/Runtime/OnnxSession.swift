import Glibc
import KugelSystem

/// One model in the library, ready to be run by any number of threads.
@safe final class OnnxSession: @unchecked Sendable {
  // Unchecked because of the handle: the library allows runs of one session at the same time.

  /// What a model is given.
  enum Input {
    case integers([Int64], shape: [Int64])
    case floats([Float], shape: [Int64])
  }

  struct Output: Equatable {
    var values: [Float]
    var shape: [Int64]
  }

  enum Source {
    case file([UInt8])
    /// In the library's own form, used where it lies.
    case mapping(FileMapping)
  }

  private let runtime: OnnxRuntime
  private let session: OnnxFunctions.Handle
  /// The session reads out of it as long as it lives.
  private let mapping: FileMapping?

  /// Values that an output may have: an hour of sound; more is a broken model.
  private static let most = 1 << 28

  /// - Parameters:
  ///   - keeping: where the model is written in the library's own form, for a quicker start next time.
  init(
    _ runtime: OnnxRuntime, _ source: Source, threads: Int, keeping path: String? = nil
  ) throws(OnnxRuntime.Failure) {
    let functions = runtime.functions
    var options: OnnxFunctions.Handle?
    try unsafe runtime.check(functions.makeOptions(&options))
    defer { unsafe functions.releaseOptions(options) }
    // Runs are as quick at any level, and starts are not.
    try unsafe runtime.check(functions.setLevel(options, 0))
    try unsafe runtime.check(functions.setThreads(options, CInt(threads)))
    try unsafe runtime.check(functions.setThreadsBetween(options, 1))
    func configure(_ key: String, _ value: String) throws(OnnxRuntime.Failure) {
      try unsafe runtime.check(functions.configure(options, key, value))
    }
    // Threads that turn in circles while they wait would take the time of who speaks.
    if threads > 1 { try configure("session.intra_op.allow_spinning", "0") }
    if let path {
      try configure("session.save_model_format", "ORT")
      try unsafe runtime.check(functions.keepOptimized(options, path))
    }
    var session: OnnxFunctions.Handle?
    switch source {
    case .file(let bytes):
      mapping = nil
      let status = unsafe bytes.withUnsafeBytes { bytes in
        unsafe functions.makeSession(
          runtime.environment, bytes.baseAddress, bytes.count, options, &session)
      }
      try unsafe runtime.check(status)
    case .mapping(let file):
      mapping = file
      try configure("session.use_ort_model_bytes_directly", "1")
      try configure("session.use_ort_model_bytes_for_initializers", "1")
      try unsafe runtime.check(
        functions.makeSession(
          runtime.environment, file.bytes.baseAddress, file.bytes.count, options, &session))
    }
    guard let session = unsafe session else {
      throw OnnxRuntime.Failure(cause: "it gave nothing")
    }
    unsafe self.session = session
    self.runtime = runtime
  }

  deinit { unsafe runtime.functions.releaseSession(session) }

  /// Blocks until the model has run.
  ///
  /// - Parameters:
  ///   - inputs: by name.
  ///   - outputs: names.
  /// - Throws: also when the run was ended.
  func run(
    _ inputs: [(name: String, value: Input)], _ outputs: [String], _ stop: OnnxStop? = nil
  ) throws(OnnxRuntime.Failure) -> [Output] {
    let functions = runtime.functions
    var tensors: [OnnxTensor] = []
    for input in inputs { tensors.append(try OnnxTensor(runtime, input.value)) }
    var results = unsafe [OnnxFunctions.Handle?](repeating: nil, count: outputs.count)
    defer { for index in unsafe results.indices { unsafe functions.releaseValue(results[index]) } }
    let names = unsafe (inputs.map(\.name) + outputs).map { unsafe strdup($0) }
    defer { for index in unsafe names.indices { unsafe free(names[index]) } }
    let texts = unsafe names.map { unsafe UnsafePointer($0) }
    let values = unsafe tensors.map { unsafe Optional($0.value) }
    let status = unsafe texts.withUnsafeBufferPointer { texts in
      unsafe functions.run(
        session, stop?.options, texts.baseAddress, values, values.count,
        texts.baseAddress.map { unsafe $0 + inputs.count }, outputs.count, &results)
    }
    withExtendedLifetime(tensors) {}
    try unsafe runtime.check(status)
    var made: [Output] = []
    for index in unsafe results.indices { made.append(try unsafe output(results[index])) }
    return made
  }

  private func output(_ value: OnnxFunctions.Handle?) throws(OnnxRuntime.Failure) -> Output {
    let functions = runtime.functions
    var info: OnnxFunctions.Handle?
    try unsafe runtime.check(functions.shape(value, &info))
    defer { unsafe functions.releaseShape(info) }
    var (count, type): (Int, CInt) = (0, 0)
    try unsafe runtime.check(functions.dimensionCount(info, &count))
    try unsafe runtime.check(functions.elementType(info, &type))
    guard 0...8 ~= count, type == OnnxTensor.float else {
      throw OnnxRuntime.Failure(cause: "it gives something else than sound")
    }
    var shape = [Int64](repeating: 0, count: count)
    try unsafe runtime.check(functions.dimensions(info, &shape, count))
    var total = 1
    for size in shape {
      let (product, isTooLarge) = total.multipliedReportingOverflow(by: Int(size))
      guard size >= 0, !isTooLarge, product <= Self.most else {
        throw OnnxRuntime.Failure(cause: "it gives more than any sound has")
      }
      total = product
    }
    var data: UnsafeMutableRawPointer?
    try unsafe runtime.check(functions.data(value, &data))
    guard let data = unsafe data, total > 0 else { return Output(values: [], shape: shape) }
    let values = unsafe UnsafeBufferPointer(
      start: data.assumingMemoryBound(to: Float.self), count: total)
    return Output(values: unsafe Array(values), shape: shape)
  }
}

/// A value given to a model; the library reads it where it lies.
@safe private final class OnnxTensor {
  static let (float, integer): (CInt, CInt) = (1, 7)

  private let runtime: OnnxRuntime
  private let buffer: UnsafeMutableRawBufferPointer
  let value: OnnxFunctions.Handle

  init(_ runtime: OnnxRuntime, _ input: OnnxSession.Input) throws(OnnxRuntime.Failure) {
    self.runtime = runtime
    let (type, shape): (CInt, [Int64])
    let room: UnsafeMutableRawBufferPointer
    switch input {
    case .integers(let values, let dimensions):
      (type, shape) = (Self.integer, dimensions)
      unsafe room = .allocate(byteCount: max(8, values.count * 8), alignment: 64)
      unsafe values.withUnsafeBytes { unsafe room.copyMemory(from: $0) }
    case .floats(let values, let dimensions):
      (type, shape) = (Self.float, dimensions)
      unsafe room = .allocate(byteCount: max(4, values.count * 4), alignment: 64)
      unsafe values.withUnsafeBytes { unsafe room.copyMemory(from: $0) }
    }
    var made: OnnxFunctions.Handle?
    do throws(OnnxRuntime.Failure) {
      try unsafe runtime.check(
        runtime.functions.makeTensor(
          runtime.memory, room.baseAddress, room.count, shape, shape.count, type, &made))
    } catch {
      unsafe room.deallocate()
      throw error
    }
    guard let made = unsafe made else {
      unsafe room.deallocate()
      throw OnnxRuntime.Failure(cause: "it gave nothing")
    }
    unsafe buffer = room
    unsafe value = made
  }

  deinit {
    unsafe runtime.functions.releaseValue(value)
    unsafe buffer.deallocate()
  }
}

/// Ends a run from another thread.
@safe final class OnnxStop: @unchecked Sendable {
  // Unchecked because of the handle: the library allows a run to be ended by any thread.
  private let runtime: OnnxRuntime
  let options: OnnxFunctions.Handle

  init(_ runtime: OnnxRuntime) throws(OnnxRuntime.Failure) {
    self.runtime = runtime
    var made: OnnxFunctions.Handle?
    try unsafe runtime.check(runtime.functions.makeRunOptions(&made))
    guard let made = unsafe made else { throw OnnxRuntime.Failure(cause: "it gave nothing") }
    unsafe options = made
  }

  deinit { unsafe runtime.functions.releaseRunOptions(options) }

  /// A run under way ends soon, and one that begins ends at once.
  func stop() {
    if let status = unsafe runtime.functions.terminate(options) {
      unsafe runtime.functions.releaseStatus(status)
    }
  }
}
