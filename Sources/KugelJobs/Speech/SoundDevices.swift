import KugelAudio

/// The sound devices by what users write.
package enum SoundDevices {
  package static func all() -> [SoundDevice] {
    ALSADevices.list().map { device in
      SoundDevice(
        name: device.name,
        description: device.description.split(separator: "\n").joined(separator: ", "),
        isDefault: device.name == ALSADevices.defaultName)
    }
  }

  /// The ALSA name meant by `text`: a full name, or the only one it begins.
  ///
  /// - Throws: 64 when it begins several. A name that is in no list is ALSA's to judge, because
  ///   names with arguments, such as `plughw:1,0`, are not listed.
  package static func find(_ text: String) throws(UserError) -> String {
    let names = all().map(\.name)
    if names.contains(text) { return text }
    let matches = names.filter { $0.hasPrefix(text) }
    if matches.count > 1 && !text.contains(":") && text != ALSADevices.defaultName {
      throw .usage(
        "several sound devices begin with \(quoted(text))",
        hint: "Say which: \(matches.joined(separator: ", "))"
      ).about("device")
    }
    return matches.count == 1 ? matches[0] : text
  }
}
