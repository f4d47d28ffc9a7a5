import KugelSession
import KugelWire

extension SettingChange {
  /// `speed=1.1`, as it may be written on a line.
  package var text: String {
    let value = value.text
    let plain = value.allSatisfy { !$0.isWhitespace && $0 != "\"" && $0 != "\\" }
    let unit = key == .volume ? "dB" : ""
    return "\(key.rawValue)=\(plain ? value : Quoting.quote(value))\(unit)"
  }
}
