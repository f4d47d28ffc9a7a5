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

  /// What there is, loaded and not begun.
  struct Found {
    /// A path, or a name for the system's loader.
    var name: String
    var version: String
    fileprivate var library: LoadedLibrary
  }

  /// The first one that does.
  ///
  /// - Throws: what is wrong with the one that is there, or was named; no cause where none is there.
  func find() throws(OnnxRuntime.Failure) -> Found {
    OnnxRuntime.silence()
    // One that is there and does not fit is told of, where no other one does.
    var trouble: String?
    for name in places.candidates {
      let isThere = name.hasPrefix("/") ? (try? FileStatus(of: name)) != nil : true
      guard isThere else { continue }
      do {
        let library = try LoadedLibrary(loading: name)
        let version = try OnnxRuntime.functions(of: library).version
        return Found(name: name, version: version, library: library)
      } catch let error as LoadedLibrary.Refusal {
        if name.hasPrefix("/") { trouble = trouble ?? "\(name) cannot be loaded: \(error.cause)" }
      } catch let error as OnnxRuntime.Failure {
        trouble = trouble ?? "\(name) does not do: \(error.cause)"
      } catch {}
    }
    if trouble == nil, let named = places.named { trouble = "there is no \(named)" }
    throw OnnxRuntime.Failure(cause: trouble ?? "")
  }

  private func search() -> Result<OnnxRuntime, EngineError> {
    let cause: String
    do throws(OnnxRuntime.Failure) {
      let found = try find()
      do throws(OnnxRuntime.Failure) { return .success(try OnnxRuntime(found.library)) } catch {
        cause = "\(found.name) does not do: \(error.cause)"
      }
    } catch {
      cause = error.cause.isEmpty ? "ONNX Runtime is not installed" : error.cause
    }
    return .failure(
      .unavailable(
        engine: PiperEngine.name, cause: "\(cause). Install it: \(places.installing)"))
  }
}
