import TestSupport
import Testing

@testable import KugelPiper

@Suite struct GraphTests {
  @Test func `a model is cut before its vocoder`() throws {
    let cut = try GraphCut(TinyModel().file)
    #expect(cut.front.inputs == ["input", "scales"])
    #expect(cut.front.outputs == ["z", "durations"])
    let vocoder = try #require(cut.vocoder)
    #expect(vocoder.inputs == ["z"])
    #expect(vocoder.outputs == ["output"])
    let (front, back) = (try OnnxGraph(cut.front.file), try OnnxGraph(vocoder.file))
    #expect(front.nodes.allSatisfy { $0.kind != "Tanh" && $0.kind != "Conv" })
    #expect(back.nodes.map(\.kind) == ["Conv", "Identity", "Reshape", "Expand", "Reshape", "Tanh"])
    #expect(back.weights.map(\.name).contains(GraphCut.firstWeight))
    #expect(!front.weights.map(\.name).contains(GraphCut.firstWeight))
    #expect(back.inputs.map(\.name) == ["z"])
  }

  @Test func `a vocoder is told the speaker`() throws {
    let cut = try GraphCut(TinyModel(speakers: 3).file)
    #expect(cut.vocoder?.inputs == ["z", "sid"])
    #expect(cut.front.inputs == ["input", "scales"])
  }

  @Test func `a model of other names is whole, with its durations`() throws {
    let file = TinyModel(hasKnownWeight: false).file
    let cut = try GraphCut(file)
    #expect(cut.vocoder == nil)
    #expect(cut.front.outputs == ["output", "durations"])
    #expect(cut.front.inputs == ["input", "input_lengths", "scales"])
    #expect(cut.front.file.starts(with: file))
  }

  @Test(
    arguments: [
      [], [0x3A], [0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x3A, 0x00], [0x07], [0x00, 0x00],
      [0x3A, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], Array("GGUF".utf8),
      [0x3A, 0x02, 0x0A, 0x00, 0x3A, 0x02, 0x0A, 0x00],
    ] as [[UInt8]])
  func `what is no model is refused`(bytes: [UInt8]) {
    #expect(throws: ProtobufScanner.Malformed.self) { _ = try GraphCut(bytes) }
  }

  @Test func `no damage brings the reader down`() {
    var random = SeededGenerator(seed: 5)
    let whole = TinyModel().file
    var read = 0
    for _ in 0..<2_000 {
      var bytes = whole
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes.removeLast(Int.random(in: 1..<whole.count, using: &random))
      case 1:
        for _ in 0..<4 {
          bytes[Int.random(in: 0..<whole.count, using: &random)] = .random(
            in: 0...255, using: &random)
        }
      default:
        bytes.insert(
          .random(in: 0...255, using: &random), at: .random(in: 0..<whole.count, using: &random))
      }
      if (try? GraphCut(bytes)) != nil { read += 1 }
    }
    #expect(read > 0 && read < 2_000)
  }

  @Test(arguments: [0, 1, 11, 12, 13, 18, 19, 36, 37, 100, 1_000, 5_000])
  func `windows are all frames once, with what is around them`(frames: Int) {
    var next = 0
    for window in SoundWindows(frames: frames) {
      #expect(window.heard.lowerBound == next && !window.heard.isEmpty)
      #expect(window.heard.count <= SoundWindows.largest * 3 / 2)
      #expect(window.run.lowerBound == max(0, next - 12))
      #expect(window.run.upperBound == min(frames, window.heard.upperBound + 12))
      next = window.heard.upperBound
    }
    #expect(next == frames)
  }
}
