import Glibc
import KugelSystem
import Testing

@testable import KugelFloor

@Suite struct SoundMemoryTests {
  private let bench: RuntimeBench

  init() throws { bench = try RuntimeBench() }

  private func ramp(_ range: Range<Int>) -> [Int16] { range.map(Int16.init) }

  @Test func `what was received can be read again, as far as it is kept`() {
    let memory = SoundMemory(folder: bench.folder, id: 1, capacity: 100)
    for start in stride(from: 0, to: 250, by: 25) { memory.append(ramp(start..<start + 25)) }
    #expect(memory.read(from: 149, count: 10) == [])
    var heard: [Int16] = []
    while true {
      let piece = memory.read(from: 150 + heard.count, count: 30)
      if piece.isEmpty { break }
      heard += piece
    }
    #expect(heard == ramp(150..<250))
    #expect(memory.read(from: 250, count: 1) == [])
    memory.append(ramp(250..<480))
    #expect(memory.read(from: 380, count: 100) == ramp(380..<400))
  }

  @Test func `nothing stays of an item that was not kept`() {
    do {
      let memory = SoundMemory(folder: bench.folder, id: 1)
      #expect(bench.names == [])
      memory.append([1, 2, 3])
      #expect(bench.names == ["sound-1"])
      memory.begin()
      #expect(bench.names == [] && memory.read(from: 0, count: 1) == [])
      memory.append([4])
      #expect(memory.read(from: 0, count: 9) == [4])
    }
    #expect(bench.names == [])
  }

  @Test func `the last item outlives its process, and nobody else can read it`() throws {
    #expect(LastSound(in: bench.folder) == nil)
    for (id, samples) in [(Int32(1), ramp(0..<30)), (2, ramp(100..<350))] {
      let memory = SoundMemory(folder: bench.folder, id: id, capacity: 200)
      memory.append(samples)
      var about = LastSound.Title(rate: 24_000, channels: 2)
      (about.text, about.source, about.marks) = ("Text \(id)", "me", [0, 10])
      memory.keep(about)
      #expect(memory.read(from: samples.count - 2, count: 5) == samples.suffix(2))
    }
    #expect(bench.names == ["last"])
    #expect(try FileStatus(of: bench.folder + "/last").mode == 0o600)
    let last = try #require(LastSound(in: bench.folder))
    #expect(
      last.title.text == "Text 2" && last.title.source == "me" && last.title.marks == [0, 10])
    #expect((last.title.rate, last.title.channels) == (24_000, 2))
    #expect(last.title.samples == 50..<250)
    let heard = last.read(from: 50, count: 1000) + last.read(from: 200, count: 1000)
    #expect(heard == ramp(150..<350))
    #expect(last.read(from: 250, count: 1) == [])
  }

  @Test func `what no kugel wrote is no sound`() throws {
    for text in ["", "{}", String(repeating: "x", count: 5000)] {
      try SmallFile.replace(bench.folder + "/last", with: text)
      #expect(LastSound(in: bench.folder) == nil)
    }
  }

  @Test func `without room there is no going back, and no trouble`() {
    let memory = SoundMemory(folder: bench.folder + "/missing", id: 1)
    memory.append([1, 2])
    #expect(memory.read(from: 0, count: 2) == [])
    memory.keep(LastSound.Title(rate: 8000, channels: 1))
    #expect(bench.names == [])
  }
}
