import CALSA
import Glibc

/// What can be named as a sound device.
@safe package enum ALSADevices {
  /// The device used when none is named.
  package static let defaultName = "default"

  package struct Device: Equatable, Sendable {
    /// What `--device` takes.
    package let name: String
    /// ALSA's words; may be empty or have several lines.
    package let description: String
  }

  /// All playback devices that ALSA knows of, in its order; the ones behind no card included.
  package static func list() -> [Device] {
    kugel_alsa_silence()
    var hints: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    guard unsafe snd_device_name_hint(-1, "pcm", &hints) >= 0, let first = unsafe hints
    else { return [] }
    defer { unsafe snd_device_name_free_hint(first) }
    var devices: [Device] = []
    var next = unsafe first
    while let hint = unsafe next.pointee {
      unsafe next += 1
      if let name = unsafe text("NAME", of: hint), unsafe text("IOID", of: hint) != "Input" {
        devices.append(
          Device(name: name, description: unsafe text("DESC", of: hint) ?? ""))
      }
    }
    return devices
  }

  private static func text(_ field: String, of hint: UnsafeRawPointer) -> String? {
    guard let found = unsafe snd_device_name_get_hint(hint, field) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }
}
