import CEspeak
import Glibc

/// Chooses a voice by its file, without the search that choosing by name begins with.
///
/// By name the library first reads every one of its some 430 voice files, unless the name is all in
/// lower case. By file it takes any path, but lowers its letters too; a path that is a descriptor's
/// has none to lower.
enum EspeakVoiceFile {
  /// - Parameter identifier: the voice's file below the library's data, `+` a variant where there is one.
  /// - Returns: whether the voice is set; else nothing is known of which voice is.
  static func choose(_ identifier: String) -> Bool {
    var data: UnsafePointer<CChar>?
    guard unsafe espeak_Info(&data) != nil, let folder = unsafe data else { return false }
    let plus = identifier.firstIndex(of: "+") ?? identifier.endIndex
    let path = unsafe "\(String(cString: folder))/lang/\(identifier[..<plus])"
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let file = "/proc/self/fd/\(descriptor)\(identifier[plus...])"
    return unsafe espeak_ng_SetVoiceByFile(file) == ENS_OK
  }
}
