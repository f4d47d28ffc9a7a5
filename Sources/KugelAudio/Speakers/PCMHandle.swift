import CALSA
import Glibc
import KugelSystem

/// An open ALSA playback device. Closes itself; has one owner and no lock.
@safe final class PCMHandle: PlaybackDevice {
  /// What we ask for; the card may give something near it. Nobody here waits for the end of a period, but a
  /// sound server has its client told of each, which costs more than the playing.
  static let bufferMicroseconds: UInt32 = 300_000
  static let periodMicroseconds: UInt32 = 120_000
  /// Of cards that tell no more of what they have played than whole periods.
  static let coarsePeriodMicroseconds: UInt32 = 20_000
  /// With so much the sound starts; what follows is written while that plays.
  static let startMicroseconds = 20_000

  private(set) var rate = 0
  private(set) var bufferFrames = 0
  private(set) var startFrames = 0

  private let raw: OpaquePointer
  private var layout: FrameLayout
  /// Reused, so that writing does not allocate.
  private var bytes: [UInt8] = []

  /// - Parameters:
  ///   - device: an ALSA name.
  ///   - rate: preferred, Hz.
  ///   - channels: interleaved in what is written; the card may have others.
  ///   - converting: whether ALSA may convert from that rate; else the card's own rate is taken.
  /// - Throws: the first call ALSA refused; a half-opened device is closed on the way out.
  init(
    opening device: String, rate: Int, channels: Int = 1, converting: Bool = false
  ) throws(ALSAError) {
    layout = FrameLayout(sample: .s16, channels: channels, source: channels)
    kugel_alsa_silence()
    var opened: OpaquePointer?
    try unsafe check(
      snd_pcm_open(&opened, device, SND_PCM_STREAM_PLAYBACK, CInt(SND_PCM_NONBLOCK)))
    guard let opened = unsafe opened else { throw ALSAError(code: -ENODEV) }
    unsafe raw = opened
    try configureHardware(rate: rate, converting: converting)
    try configureStart()
  }

  deinit { unsafe snd_pcm_close(raw) }

  private func configureHardware(rate wanted: Int, converting: Bool) throws(ALSAError) {
    var allocated: OpaquePointer?
    try unsafe check(snd_pcm_hw_params_malloc(&allocated))
    defer { unsafe snd_pcm_hw_params_free(allocated) }
    let parameters = unsafe allocated
    try unsafe check(snd_pcm_hw_params_any(raw, parameters))
    unsafe snd_pcm_hw_params_set_rate_resample(raw, parameters, converting ? 1 : 0)
    try unsafe check(
      snd_pcm_hw_params_set_access(raw, parameters, SND_PCM_ACCESS_RW_INTERLEAVED))
    var sample = FrameLayout.Sample.s16
    for candidate in FrameLayout.Sample.allCases {
      sample = candidate
      if unsafe snd_pcm_hw_params_set_format(raw, parameters, candidate.format) >= 0 { break }
      if candidate == FrameLayout.Sample.allCases.last { throw ALSAError(code: -EINVAL) }
    }
    var channels = UInt32(layout.source)
    try unsafe check(snd_pcm_hw_params_set_channels_near(raw, parameters, &channels))
    var rate = UInt32(wanted)
    try unsafe check(snd_pcm_hw_params_set_rate_near(raw, parameters, &rate, nil))
    let isCoarse = unsafe snd_pcm_hw_params_is_batch(parameters) == 1
    var period = isCoarse ? Self.coarsePeriodMicroseconds : Self.periodMicroseconds
    try unsafe check(snd_pcm_hw_params_set_period_time_near(raw, parameters, &period, nil))
    var buffer = Self.bufferMicroseconds
    try unsafe check(snd_pcm_hw_params_set_buffer_time_near(raw, parameters, &buffer, nil))
    try unsafe check(snd_pcm_hw_params(raw, parameters))
    var frames: snd_pcm_uframes_t = 0
    try unsafe check(snd_pcm_hw_params_get_period_size(parameters, &frames, nil))
    let periodFrames = Int(frames)
    try unsafe check(snd_pcm_hw_params_get_buffer_size(parameters, &frames))
    bufferFrames = max(periodFrames, Int(frames))
    self.rate = Int(rate)
    let start = Int(rate) * Self.startMicroseconds / 1_000_000
    startFrames = max(1, min(isCoarse ? periodFrames : start, bufferFrames / 2))
    layout = FrameLayout(sample: sample, channels: Int(channels), source: layout.source)
    bytes.reserveCapacity(bufferFrames * layout.frameBytes)
  }

  private func configureStart() throws(ALSAError) {
    var allocated: OpaquePointer?
    try unsafe check(snd_pcm_sw_params_malloc(&allocated))
    defer { unsafe snd_pcm_sw_params_free(allocated) }
    try unsafe check(snd_pcm_sw_params_current(raw, allocated))
    let start = snd_pcm_uframes_t(startFrames)
    try unsafe check(snd_pcm_sw_params_set_start_threshold(raw, allocated, start))
    // PipeWire makes of it how often it mixes, and so how soon what is new is heard.
    try unsafe check(snd_pcm_sw_params_set_avail_min(raw, allocated, start))
    try unsafe check(snd_pcm_sw_params(raw, allocated))
  }

  func write(_ samples: ArraySlice<Int16>) -> Int {
    let count = samples.count / layout.source
    if layout.isPlain {
      return unsafe samples.withUnsafeBytes { unsafe write($0.baseAddress, count) }
    }
    layout.spread(samples, into: &bytes)
    return unsafe bytes.withUnsafeBytes { unsafe write($0.baseAddress, count) }
  }

  func write(_ samples: UnsafeBufferPointer<Int16>) -> Int? {
    guard layout.isPlain else { return nil }
    return unsafe write(UnsafeRawPointer(samples.baseAddress), samples.count / layout.source)
  }

  private func write(_ frames: UnsafeRawPointer?, _ count: Int) -> Int {
    Int(unsafe snd_pcm_writei(raw, frames, snd_pcm_uframes_t(count)))
  }

  func room() -> Int { Int(unsafe snd_pcm_avail(raw)) }

  func delay() -> Int? {
    let state = unsafe snd_pcm_state(raw)
    guard state == SND_PCM_STATE_RUNNING || state == SND_PCM_STATE_DRAINING else { return nil }
    var frames: snd_pcm_sframes_t = 0
    return unsafe snd_pcm_delay(raw, &frames) == 0 ? max(0, Int(frames)) : nil
  }

  func look() -> (room: Int, delay: Int?) {
    var (frames, pending): (snd_pcm_sframes_t, snd_pcm_sframes_t) = (0, 0)
    // Not all plugins know a delay before the sound begins.
    guard unsafe snd_pcm_avail_delay(raw, &frames, &pending) == 0 else {
      let room = room()
      return (room, room < 0 ? nil : delay())
    }
    return (Int(frames), max(0, Int(pending)))
  }

  func left() -> Int? {
    var allocated: OpaquePointer?
    guard unsafe snd_pcm_status_malloc(&allocated) == 0 else { return nil }
    defer { unsafe snd_pcm_status_free(allocated) }
    // Unlike the delay, this is known of a suspended card too.
    guard unsafe snd_pcm_status(raw, allocated) == 0 else { return nil }
    let room = Int(unsafe snd_pcm_status_get_avail(allocated))
    return max(0, bufferFrames - max(0, room))
  }

  func rewind(_ frames: Int) -> Int {
    // Sound servers take back their own count, but not what they have been sent.
    guard !isServer else { return 0 }
    let possible = min(Int(unsafe snd_pcm_rewindable(raw)), frames)
    guard possible > 0 else { return 0 }
    return max(0, Int(unsafe snd_pcm_rewind(raw, snd_pcm_uframes_t(possible))))
  }

  var startsAnewUnheard: Bool { isServer }

  /// No card stands behind the name, not even through the conversions of ALSA.
  private lazy var isServer: Bool = {
    let kinds = [SND_PCM_TYPE_HW, SND_PCM_TYPE_PLUG, SND_PCM_TYPE_DMIX]
    guard kinds.contains(unsafe snd_pcm_type(raw)) else { return true }
    return unsafe withInfo { unsafe snd_pcm_info_get_card($0) } ?? -1 < 0
  }()

  func prepare() -> CInt { unsafe snd_pcm_prepare(raw) }

  func resume() -> CInt { unsafe snd_pcm_resume(raw) }

  func drain() -> CInt {
    unsafe snd_pcm_nonblock(raw, 0)
    defer { unsafe snd_pcm_nonblock(raw, 1) }
    return unsafe snd_pcm_drain(raw)
  }

  func drop() { unsafe snd_pcm_drop(raw) }

  /// What is behind the name, in ALSA's words; nil where it does not say.
  var card: String? {
    unsafe withInfo { info in
      let id = unsafe snd_pcm_info_get_id(info).map { unsafe String(cString: $0) } ?? ""
      if !id.isEmpty { return id }
      let name = unsafe snd_pcm_info_get_name(info).map { unsafe String(cString: $0) } ?? ""
      return name.isEmpty ? nil : name
    } ?? nil
  }

  private func withInfo<Answer>(_ ask: (OpaquePointer?) -> Answer) -> Answer? {
    var allocated: OpaquePointer?
    guard unsafe snd_pcm_info_malloc(&allocated) == 0 else { return nil }
    defer { unsafe snd_pcm_info_free(allocated) }
    guard unsafe snd_pcm_info(raw, allocated) >= 0 else { return nil }
    return unsafe ask(allocated)
  }

  func explain(_ code: CInt) -> String { ALSAError(code: code).cause }
}

/// ALSA refused a call.
struct ALSAError: Error, Equatable {
  /// A negated `errno`, or one of ALSA's own.
  let code: CInt

  /// ALSA's words, fit for the middle of a sentence.
  var cause: String {
    unsafe String(cString: snd_strerror(code)).beginningSmall
  }
}

extension FrameLayout.Sample {
  fileprivate var format: snd_pcm_format_t {
    switch self {
    case .s16: SND_PCM_FORMAT_S16_LE
    case .s32: SND_PCM_FORMAT_S32_LE
    case .s24packed: SND_PCM_FORMAT_S24_3LE
    case .s24: SND_PCM_FORMAT_S24_LE
    }
  }
}

private func check(_ code: CInt) throws(ALSAError) {
  guard code >= 0 else { throw ALSAError(code: code) }
}
