import Glibc
import KugelSystem

/// An archive in ZIP, by libzip (`libzip.so.4`). One owner, no lock.
@safe package final class ZipArchive {
  /// Bytes that one file, and all that is read, may have: more is no book but a bomb.
  private static let (longestFile, longest) = (64 << 20, 512 << 20)

  private let library: ZipLibrary
  private let handle: OpaquePointer
  private var left = ZipArchive.longest

  /// - Throws: why it cannot be read: it is no archive, or libzip is missing.
  package init(path: String) throws(BookError) {
    guard let library = ZipLibrary.shared else {
      throw BookError(cause: "reading EPUB needs libzip, which is not installed (Debian: libzip4)")
    }
    self.library = library
    // The system says better than the library why.
    do throws(SystemError) { close(try Descriptor.open(path, O_RDONLY)) } catch {
      throw BookError(cause: "cannot be read: \(error.cause)")
    }
    var code: CInt = 0
    guard let opened = unsafe library.open(path.nameBytes, ZipLibrary.readOnly, &code) else {
      throw BookError(
        cause: code == ZipLibrary.noArchive
          ? "it is no ZIP archive, or a broken one" : "its ZIP archive cannot be opened (\(code))")
    }
    unsafe handle = opened
  }

  deinit { unsafe library.discard(handle) }

  /// - Returns: nil when nothing is called so.
  /// - Throws: when it is broken, encrypted or larger than any book.
  package func read(_ name: String) throws(BookError) -> [UInt8]? {
    let bytes = Array(name.utf8).map { CChar(bitPattern: $0) } + [0]
    guard unsafe library.locate(handle, bytes, 0) >= 0 else { return nil }
    guard let file = unsafe library.openFile(handle, bytes, 0) else {
      throw BookError(cause: "\(name) in it is encrypted or broken")
    }
    defer { _ = unsafe library.closeFile(file) }
    var content: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe piece.withUnsafeMutableBytes { buffer in
        Int(unsafe library.readFile(file, buffer.baseAddress, UInt64(buffer.count)))
      }
      guard count >= 0 else { throw BookError(cause: "\(name) in it is broken") }
      if count == 0 { return content }
      left -= count
      guard content.count + count <= Self.longestFile, left >= 0 else {
        throw BookError(cause: "\(name) in it is larger than any book")
      }
      content += piece[..<count]
    }
  }
}

/// The functions of libzip that are used.
@safe private struct ZipLibrary: @unchecked Sendable {
  // Unchecked because of the functions' pointer arguments; the functions themselves are constants.
  typealias Open =
    @convention(c) (
      UnsafePointer<CChar>, CInt, UnsafeMutablePointer<CInt>
    ) -> OpaquePointer?
  typealias Discard = @convention(c) (OpaquePointer) -> Void
  typealias Locate = @convention(c) (OpaquePointer, UnsafePointer<CChar>, UInt32) -> Int64
  typealias OpenFile =
    @convention(c) (OpaquePointer, UnsafePointer<CChar>, UInt32) -> OpaquePointer?
  typealias ReadFile = @convention(c) (OpaquePointer, UnsafeMutableRawPointer?, UInt64) -> Int64
  typealias CloseFile = @convention(c) (OpaquePointer) -> CInt

  /// ZIP_RDONLY; ZIP_ER_NOZIP.
  static let (readOnly, noArchive): (CInt, CInt) = (16, 19)

  let open: Open
  let discard: Discard
  let locate: Locate
  let openFile: OpenFile
  let readFile: ReadFile
  let closeFile: CloseFile

  static let shared = ZipLibrary()

  private init?() {
    guard let library = LoadedLibrary("libzip.so.4") ?? LoadedLibrary("libzip.so.5"),
      let open = unsafe library.function("zip_open", as: Open.self),
      let discard = unsafe library.function("zip_discard", as: Discard.self),
      let locate = unsafe library.function("zip_name_locate", as: Locate.self),
      let openFile = unsafe library.function("zip_fopen", as: OpenFile.self),
      let readFile = unsafe library.function("zip_fread", as: ReadFile.self),
      let closeFile = unsafe library.function("zip_fclose", as: CloseFile.self)
    else { return nil }
    unsafe self.open = open
    unsafe self.discard = discard
    unsafe self.locate = locate
    unsafe self.openFile = openFile
    unsafe self.readFile = readFile
    unsafe self.closeFile = closeFile
  }
}
