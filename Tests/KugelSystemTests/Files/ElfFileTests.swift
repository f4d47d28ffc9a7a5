import Foundation
import Testing

@testable import KugelSystem

@Suite struct ElfFileTests {
  @Test func `a file that ends within what is loaded is cut`() throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: "/bin/true"))
    let path = NSTemporaryDirectory() + "elf-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(!ElfFile.isCut("/bin/true"))
    for count in [whole.count / 2, 200, 64] {
      try whole.prefix(count).write(to: URL(fileURLWithPath: path))
      #expect(ElfFile.isCut(path))
    }
    for other in [Data(), whole.prefix(63), Data("no program".utf8)] {
      try other.write(to: URL(fileURLWithPath: path))
      #expect(!ElfFile.isCut(path))
    }
    #expect(!ElfFile.isCut("/nowhere"))
  }

  @Test func `a library that is cut is refused, not loaded`() throws {
    let path = NSTemporaryDirectory() + "elf-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(contentsOf: URL(fileURLWithPath: "/bin/true")).prefix(20_000)
      .write(to: URL(fileURLWithPath: path))
    #expect(throws: LoadedLibrary.Refusal(cause: "\(path): the file is cut")) {
      try LoadedLibrary(loading: path)
    }
  }
}
