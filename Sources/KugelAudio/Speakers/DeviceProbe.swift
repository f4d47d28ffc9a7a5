import CALSA
import Glibc

/// What a sound device is like, found by opening it; nothing is played.
@safe package struct DeviceProbe: Equatable, Sendable {
  package enum Opening: Equatable, Sendable {
    /// Samples a second that the card takes.
    case opened(rate: Int)
    /// Somebody else has it.
    case busy
    case failed(cause: String)
  }

  package var opening: Opening
  /// The card behind the name, in ALSA's words.
  package var card: String?
  /// A control of the card that is off or at nothing.
  package var muted: String?

  package init(opening: Opening, card: String? = nil, muted: String? = nil) {
    self.opening = opening
    self.card = card
    self.muted = muted
  }

  /// - Parameter device: an ALSA name.
  package init(device: String) {
    do throws(ALSAError) {
      let handle = try PCMHandle(opening: device, rate: 24_000)
      opening = .opened(rate: handle.rate)
      card = handle.card
    } catch {
      opening = error.code == -EBUSY ? .busy : .failed(cause: error.cause)
    }
    muted = Self.mutedControl(of: device)
  }

  /// The first of the usual controls that lets nothing through; nil where there is no mixer, too.
  private static func mutedControl(of device: String) -> String? {
    var opened: OpaquePointer?
    guard unsafe snd_mixer_open(&opened, 0) >= 0, let mixer = unsafe opened else { return nil }
    defer { unsafe snd_mixer_close(mixer) }
    let name = device.hasPrefix("plughw:") ? String(device.dropFirst(4)) : device
    guard unsafe snd_mixer_attach(mixer, name) >= 0,
      unsafe snd_mixer_selem_register(mixer, nil, nil) >= 0, unsafe snd_mixer_load(mixer) >= 0
    else { return nil }
    var next = unsafe snd_mixer_first_elem(mixer)
    while let control = unsafe next {
      let title = unsafe String(cString: snd_mixer_selem_get_name(control))
      if ["Master", "PCM", "Speaker"].contains(title), unsafe isSilent(control) { return title }
      unsafe next = snd_mixer_elem_next(control)
    }
    return nil
  }

  private static func isSilent(_ control: OpaquePointer) -> Bool {
    if unsafe snd_mixer_selem_has_playback_switch(control) == 1 {
      var isOn: CInt = 1
      if unsafe snd_mixer_selem_get_playback_switch(control, SND_MIXER_SCHN_MONO, &isOn) >= 0,
        isOn == 0
      {
        return true
      }
    }
    guard unsafe snd_mixer_selem_has_playback_volume(control) == 1 else { return false }
    var (low, high, level) = (0, 0, 0)
    guard unsafe snd_mixer_selem_get_playback_volume_range(control, &low, &high) >= 0,
      unsafe snd_mixer_selem_get_playback_volume(control, SND_MIXER_SCHN_MONO, &level) >= 0
    else { return false }
    return high > low && level == low
  }
}
