import KugelAudio
import KugelEngine
import KugelTransport

/// The libraries that this program runs with.
package enum LibraryVersions {
  package static var all: [Library] {
    [
      Library(name: "espeak-ng", version: EspeakEngine.libraryVersion),
      Library(name: "alsa-lib", version: AudioLibraries.alsaVersion),
      Library(name: "libsndfile", version: AudioLibraries.sndfileVersion),
      Library(name: "libsoxr", version: AudioLibraries.soxrVersion),
      Library(name: "libwebsockets", version: TransportLibrary.version),
    ]
  }
}
