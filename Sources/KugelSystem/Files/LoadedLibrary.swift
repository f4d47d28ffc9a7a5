import Glibc

/// A library of the system that is loaded when it is needed, and not with the program: what it brings
/// along would make every start slower.
@safe package struct LoadedLibrary: @unchecked Sendable {
  // The handle is that of the system's loader, which any thread may ask, and is never closed.
  private let handle: UnsafeMutableRawPointer

  /// Why one was not loaded.
  package struct Refusal: Error, Equatable {
    /// In the words of the system's loader.
    package let cause: String
  }

  /// - Parameter name: with its version, as `libzip.so.4`.
  /// - Returns: nil where it is not installed.
  package init?(_ name: String) {
    do throws(Refusal) { try self.init(loading: name) } catch { return nil }
  }

  /// - Parameter name: the same, or a path.
  package init(loading name: String) throws(Refusal) {
    if name.contains("/"), ElfFile.isCut(name) { throw Refusal(cause: "\(name): the file is cut") }
    guard let opened = unsafe dlopen(name.nameBytes, RTLD_NOW | RTLD_LOCAL) else {
      throw Refusal(cause: unsafe dlerror().map { unsafe String(cString: $0) } ?? "unknown")
    }
    unsafe handle = opened
  }

  /// - Returns: nil when the library has no such function.
  package func function<Function>(_ name: String, as type: Function.Type) -> Function? {
    guard let symbol = unsafe dlsym(handle, name) else { return nil }
    return unsafe unsafeBitCast(symbol, to: type)
  }
}
