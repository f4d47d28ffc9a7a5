import KugelAudio
import KugelEngines
import KugelJobs
import KugelTransport

/// The libraries that this program runs with.
package enum LibraryVersions {
  package static var all: [Library] {
    EngineRegistry.all.compactMap { $0.library?() }.map {
      Library(name: $0.name, version: $0.version)
    }
      + [
        Library(name: "alsa-lib", version: AudioLibraries.alsaVersion),
        Library(name: "libsndfile", version: AudioLibraries.sndfileVersion),
        Library(name: "libsoxr", version: AudioLibraries.soxrVersion),
        Library(name: "libwebsockets", version: TransportLibrary.version),
      ]
  }
}

extension Jobs {
  /// With those that look at the libraries.
  package var withLibraries: Jobs {
    var jobs = self
    jobs.libraries = { LibraryVersions.all }
    jobs.checkLibraries = { try NamedLibraries.checkBesideProgram() }
    return jobs
  }
}
