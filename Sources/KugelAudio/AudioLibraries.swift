import CALSA
import CSndfile
import CSoxr

/// Versions of the libraries that this part runs with.
@safe package enum AudioLibraries {
  package static var alsaVersion: String { unsafe text(snd_asoundlib_version()) }

  /// Without the library's own name before it.
  package static var sndfileVersion: String {
    let version = unsafe text(sf_version_string())
    return String(version.drop { !$0.isNumber })
  }

  package static var soxrVersion: String {
    let version = unsafe text(soxr_version())
    return String(version.drop { !$0.isNumber })
  }

  private static func text(_ version: UnsafePointer<CChar>?) -> String {
    guard let version = unsafe version else { return "unknown" }
    return unsafe String(cString: version)
  }
}
