import Foundation

/// A sound server of a test's own: one sink that plays in time and is recorded sample by sample.
final class SoundServer {
  private static let programs = ["/usr/bin/pulseaudio", "/usr/bin/parec"]
  private static let plugin = "/usr/lib/x86_64-linux-gnu/alsa-lib/libasound_module_pcm_pulse.so"
  static let isInstalled = (programs + [plugin]).allSatisfy {
    FileManager.default.isExecutableFile(atPath: $0) || FileManager.default.fileExists(atPath: $0)
  }
  /// Its sink as an ALSA device.
  static let device = "pulse:kugel"

  private let scratch: Scratch
  private let server = Process()
  private let recorder = Process()
  private let recording = Pipe()
  private let collected = Collected()

  private final class Collected: @unchecked Sendable {
    // The reader's thread appends with the lock held, the test reads with it held.
    private let lock = NSLock()
    private var bytes = Data()

    func append(_ more: Data) { lock.withLock { bytes += more } }
    var count: Int { lock.withLock { bytes.count } }
    var data: Data { lock.withLock { bytes } }
  }

  var address: String { "unix:" + scratch.path("native") }

  var environment: [String: String] {
    var variables = Program.environment
    for name in ["HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH"] {
      variables[name] = scratch.folder.path
    }
    variables["PULSE_SERVER"] = address
    return variables
  }

  init() throws {
    scratch = try Scratch()
    let script = """
      load-module module-null-sink sink_name=kugel norewinds=1 rate=24000 channels=1 format=s16le
      load-module module-native-protocol-unix socket=\(scratch.path("native")) auth-anonymous=1
      set-default-sink kugel

      """
    try Data(script.utf8).write(to: URL(fileURLWithPath: scratch.path("pulse.pa")))
    start(
      server, "/usr/bin/pulseaudio",
      [
        "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--realtime=no",
        "--high-priority=no", "--disable-shm=yes", "--file=" + scratch.path("pulse.pa"),
      ])
    try server.run()
    wait { FileManager.default.fileExists(atPath: self.scratch.path("native")) }
    recorder.standardOutput = recording
    start(
      recorder, "/usr/bin/parec",
      [
        "-d", "kugel.monitor", "--format=s16le", "--rate=24000", "--channels=1", "--raw",
        "--latency-msec=20",
      ])
    recording.fileHandleForReading.readabilityHandler = { [collected] handle in
      collected.append(handle.availableData)
    }
    try recorder.run()
    wait { self.collected.count > 0 }
  }

  deinit {
    recording.fileHandleForReading.readabilityHandler = nil
    for process in [recorder, server] where process.isRunning {
      process.terminate()
      process.waitUntilExit()
    }
  }

  private func start(_ process: Process, _ path: String, _ words: [String]) {
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = words
    process.environment = environment
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    if process === server { process.standardOutput = FileHandle.nullDevice }
  }

  private func wait(_ ready: () -> Bool) {
    for _ in 0..<500 where !ready() { usleep(10_000) }
  }

  /// What was heard so far, without the silence around it; the recorder is given time to catch up.
  func heard() -> [Int16] {
    usleep(400_000)
    let data = collected.data
    let samples = stride(from: 0, to: data.count - 1, by: 2).map {
      Int16(truncatingIfNeeded: Int(data[$0]) | Int(data[$0 + 1]) << 8)
    }
    return samples.sounding
  }
}

extension [Int16] {
  var sounding: [Int16] {
    guard let first = firstIndex(where: { $0 != 0 }), let last = lastIndex(where: { $0 != 0 })
    else { return [] }
    return Array(self[first...last])
  }
}
