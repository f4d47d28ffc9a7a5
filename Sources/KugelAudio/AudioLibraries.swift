import CALSA
import CLazyLibraries
import CSndfile
import CSoxr

/// Versions of the libraries that this part runs with.
@safe package enum AudioLibraries {
  package static var alsaVersion: String {
    unsafe version(of: "libasound.so.2") { unsafe snd_asoundlib_version() }
  }

  /// Without the library's own name before it.
  package static var sndfileVersion: String {
    unsafe version(of: "libsndfile.so.1") { unsafe sf_version_string() }
  }

  package static var soxrVersion: String {
    unsafe version(of: "libsoxr.so.0") { unsafe soxr_version() }
  }

  /// - Parameter text: what the library says, perhaps with its name before the number.
  private static func version(
    of file: String, _ text: () -> UnsafePointer<CChar>?
  ) -> String {
    guard unsafe kugel_library_problem(file) == nil else { return "missing" }
    guard let text = unsafe text() else { return "unknown" }
    return unsafe String(String(cString: text).drop { !$0.isNumber })
  }
}
