import CEspeak
import Glibc

/// What the library remembers of the texts that it has spoken and lets the next one hear: where its flutter, its gain and
/// its noise stand. Nothing in its interface sets that back; the linker has it together (`Sources/Linking/espeak.ld`).
///
/// Taken and put back while nothing is spoken, and with no voice on its way: a voice that was chosen and not yet spoken
/// with waits there, and is given back once.
@safe final class EspeakMemory {
  private let parts: [(place: UnsafeMutableRawBufferPointer, bytes: [UInt8])]

  /// As it is now.
  init() {
    unsafe parts = Self.places.map { place in unsafe (place, Array(place)) }
  }

  /// Has the library remember what it did then.
  func restore() {
    for unsafe(place, bytes) in unsafe parts { unsafe place.copyBytes(from: bytes) }
    // Its noise is the system's.
    srand(1)
  }

  private static var places: [UnsafeMutableRawBufferPointer] {
    unsafe [
      UnsafeMutableRawBufferPointer(
        start: kugel_espeak_data_start(), count: Int(kugel_espeak_data_size())),
      UnsafeMutableRawBufferPointer(
        start: kugel_espeak_bss_start(), count: Int(kugel_espeak_bss_size())),
    ]
  }
}
