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

  @Test func `a model is cut before its flow too`() throws {
    let cut = try GraphCut(TinyModel(hasFlow: true).file)
    let encoder = try #require(cut.encoder)
    #expect(encoder.inputs == ["input"] && encoder.outputs == ["letters"])
    #expect(cut.front.inputs == ["letters", "input", "scales"])
    #expect(cut.front.outputs == ["z_p", "durations"])
    let (flow, vocoder) = (try #require(cut.flow), try #require(cut.vocoder))
    #expect(flow.inputs == ["z_p", "mask"] && flow.outputs == ["z"])
    #expect(vocoder.inputs == ["z"] && vocoder.outputs == ["output"])
    // Two steps of two frames; the rounding up of what is looked at takes one more.
    #expect(flow.reach == 5 && vocoder.reach == 2)
    let kinds = try OnnxGraph(flow.file).nodes.map(\.kind)
    #expect(kinds.filter { $0 == "Conv" }.count == 4)
    #expect(try OnnxGraph(cut.front.file).nodes.allSatisfy { $0.kind != "Slice" })
  }

  @Test(
    arguments: [
      ("MatMul", [], nil), ("Softmax", [], nil), ("Tanh", [], 1),
      ("Conv", [("kernel_shape", [7]), ("dilations", [3])], 10),
      ("Conv", [("kernel_shape", [7]), ("strides", [2])], nil),
      ("Conv", [("kernel_shape", [3, 3])], nil),
      ("Conv", [("kernel_shape", [255])], nil), ("Conv", [], nil),
      ("ConvTranspose", [("kernel_shape", [16]), ("strides", [8])], 2),
    ] as [(String, [(String, [UInt64])], Int?)])
  func `how far a part looks is told by its layers`(
    kind: String, attributes: [(String, [UInt64])], frames: Int?
  ) throws {
    let file = TinyModel.layer(kind, attributes)
    let graph = try OnnxGraph(file)
    let part = try #require(Ancestors(of: ["y"], in: graph, without: ["x"]))
    #expect(FrameReach(of: part, to: "y", in: graph)?.frames == frames)
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
    for growth in [FrameWindows.Growth.sound, .flow(before: 12)] {
      var next = 0
      for window in FrameWindows(frames: frames, reach: 12, growth) {
        #expect(window.made.lowerBound == next && !window.made.isEmpty)
        #expect(window.made.count <= growth.largest * 3 / 2)
        #expect(window.run.lowerBound == max(0, next - 12))
        #expect(window.run.upperBound == min(frames, window.made.upperBound + 12))
        next = window.made.upperBound
      }
      #expect(next == frames)
    }
  }

  @Test(arguments: [1, 17, 18, 19, 24, 131, 1_501], [2, 12, 40])
  func `the first window of the flow is what the first one of the vocoder looks at`(
    frames: Int, reach: Int
  ) {
    var flow = FrameWindows(frames: frames, reach: 33, .flow(before: reach))
    var sound = FrameWindows(frames: frames, reach: reach, .sound)
    let (first, needed) = (flow.next(), sound.next())
    #expect((first?.made.upperBound ?? 0) >= (needed?.run.upperBound ?? 1))
  }
}
