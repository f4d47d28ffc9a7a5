import KugelWire

/// What is to be measured, as `--engine` of `bench` names it: `ENGINE[:VOICE][@PLACE]`.
package struct BenchSubjectName: Equatable, Sendable {
  package var engine: EngineName
  /// nil: what `--voice` says.
  package var voice: String?
  /// nil: what `--url` says.
  package var url: String?
  /// Whether an engine of this program is put behind a socket for the run.
  package var isServed = false

  /// The place that stands for a `kugel serve` of the run's own.
  package static let served = "serve"

  package init(engine: EngineName, voice: String? = nil, url: String? = nil) {
    self.engine = engine
    self.voice = voice
    self.url = url
  }

  package init(_ text: String) throws(BadValue) {
    let places = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = places[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let engine = EngineName(rawValue: name) else {
      throw BadValue(unknown: name, of: EngineName.choices)
    }
    self.engine = engine
    if parts.count > 1 {
      guard !parts[1].isEmpty else { throw BadValue(expected: "a voice after the colon") }
      voice = String(parts[1])
    }
    guard places.count > 1 else { return }
    let url = String(places[1])
    guard engine.isRemote else {
      guard url == Self.served else {
        throw BadValue(
          expected: "an address for a service elsewhere only; \(name) is in this program",
          hint: "Behind a socket of this machine it is \(name)@\(Self.served).")
      }
      isServed = true
      return
    }
    do {
      _ = try EndpointAddress(url: url)
    } catch {
      throw BadValue(expected: "\(name)@URL with an address of a service: \(error)")
    }
    self.url = url
  }

  /// Short, and without what may be secret in an address.
  package var shown: String {
    let address = url.flatMap { try? EndpointAddress(url: $0) }
    let place = isServed ? Self.served : address.map { "\($0.authority)\($0.basePath)" }
    return engine.rawValue + (voice.map { ":\($0)" } ?? "") + (place.map { "@\($0)" } ?? "")
  }
}
