import CALSA
import Glibc

/// An open ALSA playback device. Closes itself; has one owner and no lock.
@safe final class PCMHandle: PlaybackDevice {
  /// What we ask for; the card may give something near it.
  static let bufferMicroseconds: UInt32 = 200_000
  static let periodMicroseconds: UInt32 = 20_000

  private(set) var rate = 0
  private(set) var channels = 0
  private(set) var periodFrames = 0

  private let raw: OpaquePointer
  private var wide = false

  /// - Parameters:
  ///   - device: an ALSA name.
  ///   - rate: preferred, Hz; without a conversion of ALSA's own.
  ///   - channels: preferred.
  /// - Throws: the first call ALSA refused; a half-opened device is closed on the way out.
  init(opening device: String, rate: Int, channels: Int = 1) throws(ALSAError) {
    kugel_alsa_silence()
    var opened: OpaquePointer?
    try unsafe check(snd_pcm_open(&opened, device, SND_PCM_STREAM_PLAYBACK, 0))
    guard let opened = unsafe opened else { throw ALSAError(code: -ENODEV) }
    unsafe raw = opened
    try configureHardware(rate: rate, channels: channels)
    try configureStart()
  }

  deinit { unsafe snd_pcm_close(raw) }

  private func configureHardware(rate wanted: Int, channels wantedChannels: Int) throws(ALSAError) {
    var allocated: OpaquePointer?
    try unsafe check(snd_pcm_hw_params_malloc(&allocated))
    defer { unsafe snd_pcm_hw_params_free(allocated) }
    let parameters = unsafe allocated
    try unsafe check(snd_pcm_hw_params_any(raw, parameters))
    unsafe snd_pcm_hw_params_set_rate_resample(raw, parameters, 0)
    try unsafe check(
      snd_pcm_hw_params_set_access(raw, parameters, SND_PCM_ACCESS_RW_INTERLEAVED))
    if unsafe snd_pcm_hw_params_set_format(raw, parameters, SND_PCM_FORMAT_S16) < 0 {
      try unsafe check(snd_pcm_hw_params_set_format(raw, parameters, SND_PCM_FORMAT_S32))
      wide = true
    }
    var channels = UInt32(wantedChannels)
    try unsafe check(snd_pcm_hw_params_set_channels_near(raw, parameters, &channels))
    var rate = UInt32(wanted)
    try unsafe check(snd_pcm_hw_params_set_rate_near(raw, parameters, &rate, nil))
    var period = Self.periodMicroseconds
    try unsafe check(snd_pcm_hw_params_set_period_time_near(raw, parameters, &period, nil))
    var buffer = Self.bufferMicroseconds
    try unsafe check(snd_pcm_hw_params_set_buffer_time_near(raw, parameters, &buffer, nil))
    try unsafe check(snd_pcm_hw_params(raw, parameters))
    var periodFrames: snd_pcm_uframes_t = 0
    try unsafe check(snd_pcm_hw_params_get_period_size(parameters, &periodFrames, nil))
    (self.rate, self.channels) = (Int(rate), Int(channels))
    self.periodFrames = max(1, Int(periodFrames))
  }

  /// Sound starts with the second period: the first is then playing while the next arrives.
  private func configureStart() throws(ALSAError) {
    var allocated: OpaquePointer?
    try unsafe check(snd_pcm_sw_params_malloc(&allocated))
    defer { unsafe snd_pcm_sw_params_free(allocated) }
    try unsafe check(snd_pcm_sw_params_current(raw, allocated))
    try unsafe check(
      snd_pcm_sw_params_set_start_threshold(raw, allocated, snd_pcm_uframes_t(2 * periodFrames)))
    try unsafe check(snd_pcm_sw_params(raw, allocated))
  }

  func write(_ samples: ArraySlice<Int16>) -> Int {
    if wide {
      let widened = samples.map { Int32($0) << 16 }
      return unsafe widened.withUnsafeBytes { unsafe write($0.baseAddress, samples.count) }
    }
    return unsafe samples.withUnsafeBytes { unsafe write($0.baseAddress, samples.count) }
  }

  private func write(_ samples: UnsafeRawPointer?, _ count: Int) -> Int {
    Int(unsafe snd_pcm_writei(raw, samples, snd_pcm_uframes_t(count / channels)))
  }

  func delay() -> Int? {
    guard unsafe snd_pcm_state(raw) == SND_PCM_STATE_RUNNING else { return nil }
    var frames: snd_pcm_sframes_t = 0
    return unsafe snd_pcm_delay(raw, &frames) == 0 ? Int(frames) : nil
  }

  func prepare() -> CInt { unsafe snd_pcm_prepare(raw) }

  func resume() -> CInt { unsafe snd_pcm_resume(raw) }

  func drain() -> CInt { unsafe snd_pcm_drain(raw) }

  func drop() { unsafe snd_pcm_drop(raw) }

  func explain(_ code: CInt) -> String { ALSAError(code: code).cause }
}

/// ALSA refused a call.
struct ALSAError: Error, Equatable {
  /// A negated `errno`, or one of ALSA's own.
  let code: CInt

  /// ALSA's words, fit for the middle of a sentence.
  var cause: String {
    let message = unsafe String(cString: snd_strerror(code))
    return message.prefix(1).lowercased() + message.dropFirst()
  }
}

private func check(_ code: CInt) throws(ALSAError) {
  guard code >= 0 else { throw ALSAError(code: code) }
}
