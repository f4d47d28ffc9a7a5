import Glibc
import KugelEngine
import KugelEspeak
import KugelSystem
import KugelText
import TestSupport

@testable import KugelPiper

/// Ids for everything that English and German are spoken with.
let phonemeMap: String = {
  let letters = "^_$ .,:;?!abcdefghijklmnopqrstuvwxyzæçðøħŋœɐɑɒɔɕɖəɚɛɜɡɣɨɪɫɯɲɹɾʁʃʊʌʏʒʔʰˈˌːˑ̩̯̃̊̍θχᵻ"
  return letters.unicodeScalars.enumerated().map { number, scalar in
    "\"\(scalar)\": [\(number + 1)]"
  }.joined(separator: ", ")
}()

func description(
  _ voice: String = "en-us", rate: Int = 16_000, speakers: Int = 1, more: String = ""
) -> String {
  let names = (0..<speakers).map { "\"p\($0)\": \($0)" }.joined(separator: ", ")
  return """
    {"audio": {"sample_rate": \(rate), "quality": "medium"}, "espeak": {"voice": "\(voice)"},
     "num_speakers": \(speakers), "speaker_id_map": {\(names)}, \(more)
     "phoneme_id_map": {\(phonemeMap)}}
    """
}

/// A folder that is gone with this.
final class Scratch {
  let path: String

  init() {
    var template = Array("/tmp/kugel-piper.XXXXXX".utf8CString)
    path = unsafe template.withUnsafeMutableBufferPointer { buffer -> String in
      guard let name = buffer.baseAddress, let made = unsafe mkdtemp(name) else { return "/tmp" }
      return unsafe String(cString: made)
    }
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = try Descriptor.open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC)
    defer { close(file) }
    try Descriptor.writeAll(bytes, to: file)
  }

  /// A voice that can be used.
  func add(_ handle: String, espeak: String = "en-us", _ model: TinyModel = TinyModel()) throws {
    try write(handle + ".onnx", model.file)
    try write(
      handle + ".onnx.json", Array(description(espeak, speakers: model.speakers).utf8))
  }

  deinit { remove(path) }

  private func remove(_ folder: String) {
    for name in Folder.names(in: folder) {
      let path = folder + "/" + name
      if (try? FileStatus(ofLink: path))?.kind == .directory {
        remove(path)
      } else {
        unsafe unlink(path)
      }
    }
    unsafe rmdir(folder)
  }
}

/// Speaks like a voice whose ids last two frames, without any library.
struct StandIn: PiperModel {
  static let hop = 256
  let framesPerID = PiperSpeed.usualFrames

  func speak(
    _ request: PiperRequest, stop: Cancellation,
    timed: (_ frames: [Int], _ hop: Int) -> Void, take: ([Float]) -> Bool
  ) throws(PiperModelError) {
    var exact = 0.0
    let frames = request.ids.map { _ in
      let before = Int(exact)
      exact += 0.5 + (PiperSpeed.usualFrames - 0.5) * Double(request.scales[1])
      return Int(exact) - before
    }
    timed(frames, Self.hop)
    for window in FrameWindows(frames: frames.reduce(0, +), reach: 12, .sound) {
      guard !stop.isCancelled else { return }
      let sound = [Float](repeating: 0.25, count: window.made.count * Self.hop)
      guard take(sound) else { return }
    }
  }
}

/// Where ONNX Runtime is for the tests that need it; `make` and CI may name one.
let onnxRuntime: String? = {
  let places = RuntimePlaces(named: nil) { name in
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
  return places.candidates.first { (try? LoadedLibrary(loading: $0)) != nil }
}()

/// An engine as the program has it, with what is in a folder.
func engine(
  _ scratch: Scratch, runtime: String?, _ warn: @escaping @Sendable (String) -> Void = { _ in }
)
  -> PiperEngine
{
  var setup = EngineSetup(concurrency: 2, warn: warn)
  setup.options = ["voices": scratch.path]
  setup.options["runtime"] = runtime
  let path = scratch.path
  setup.variable = { name in
    switch name {
    case "XDG_CACHE_HOME": path + "/cache"
    case "XDG_DATA_HOME": path + "/data"
    default: nil
    }
  }
  return PiperEngine(setup)
}
