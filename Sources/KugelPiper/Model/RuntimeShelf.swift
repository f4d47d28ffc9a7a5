import Glibc
import KugelEngine
import KugelSystem
import Synchronization

/// Has ONNX Runtime once it is needed.
final class RuntimeShelf: Sendable {
  private let places: RuntimePlaces
  private let opened = Mutex<Result<OnnxRuntime, EngineError>?>(nil)

  init(_ places: RuntimePlaces) { self.places = places }

  /// - Throws: `.unavailable`, with the line that installs it; the same each time.
  func open() throws(EngineError) -> OnnxRuntime {
    let result = opened.withLock { opened in
      let result = opened ?? search()
      opened = result
      return result
    }
    return try result.get()
  }

  /// Whether it is there, as far as can be told without loading it.
  var seemsInstalled: Bool { place != nil }

  /// Where it is, as far as can be told without loading it.
  var place: String? {
    places.candidates.first { name in
      name.hasPrefix("/") && (try? FileStatus(of: name)) != nil
    }
  }

  private func search() -> Result<OnnxRuntime, EngineError> {
    OnnxRuntime.silence()
    // One that is there and does not fit is told of, where no other one does.
    var trouble: String?
    for name in places.candidates {
      let isThere = name.hasPrefix("/") ? (try? FileStatus(of: name)) != nil : true
      guard isThere else { continue }
      do {
        return .success(try OnnxRuntime(try LoadedLibrary(loading: name)))
      } catch let error as LoadedLibrary.Refusal {
        if name.hasPrefix("/") { trouble = trouble ?? "\(name) cannot be loaded: \(error.cause)" }
      } catch let error as OnnxRuntime.Failure {
        trouble = trouble ?? "\(name) does not do: \(error.cause)"
      } catch {}
    }
    if trouble == nil, let named = places.named { trouble = "there is no \(named)" }
    let line = places.installing
    return .failure(
      .unavailable(
        engine: PiperEngine.name,
        cause: (trouble ?? "ONNX Runtime is not installed") + ". Install it: " + line))
  }
}
