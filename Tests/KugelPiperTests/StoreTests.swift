import Glibc
import KugelSystem
import Testing

@testable import KugelPiper

/// What is kept of voices, and what of it goes.
@Suite struct StoreTests {
  private let scratch = Scratch()
  private var store: PreparedStore { PreparedStore(folder: scratch.path + "/cache") }

  /// Keeps something for a voice as a library's version has it.
  private func keep(_ handle: String, _ version: String = "1.32.0") throws -> String {
    let key = try #require(
      PreparedStore.Key(model: "\(scratch.path)/\(handle).onnx", library: version))
    let draft = try #require(try store.begin(key))
    for name in [
      PreparedStore.encoder, PreparedStore.front, PreparedStore.flow, PreparedStore.vocoder,
    ] {
      try scratch.write(
        String(draft.dropFirst(scratch.path.utf8.count + 1)) + "/" + name, [1, 2, 3])
    }
    try store.keep(draft, key, PreparedPlan(try GraphCut(TinyModel().file)))
    #expect(store.plan(of: key) != nil)
    return key.name
  }

  private var names: Set<String> { Set(Folder.names(in: scratch.path + "/cache")) }

  @Test func `what is kept goes with its voice, and when that is another file now`() throws {
    for handle in ["a", "b", "c"] { try scratch.add(handle) }
    let (a, b, c) = (try keep("a"), try keep("b"), try keep("c"))
    #expect(names == [a, b, c])
    unsafe unlink(scratch.path + "/a.onnx")
    store.sweep()
    #expect(names == [b, c])
    try scratch.write("b.onnx", [0])
    let again = try keep("c", "1.33.0")
    #expect(names == [again])
  }

  @Test func `what another kugel kept goes, and what a process left that is gone`() throws {
    try scratch.add("a")
    let kept = try keep("a")
    let cache = "\(scratch.path)/cache"
    try Folder.make("\(cache)/0123-1.32.0-1")
    try scratch.write("cache/0123-1.32.0-1/plan", Array("format = 1\n".utf8))
    // No process has so high a number.
    try Folder.make("\(cache)/\(kept).99999999")
    try scratch.write("cache/\(kept).99999999/front.ort", [1])
    try Folder.make("\(cache)/\(kept).\(getpid())")
    store.sweep()
    #expect(names == [kept, "\(kept).\(getpid())"])
  }

  @Test func `a file that was written to since is no prepared one, and one that is not there`()
    throws
  {
    try scratch.add("a")
    let kept = try keep("a")
    let key = try #require(PreparedStore.Key(model: scratch.path + "/a.onnx", library: "1.32.0"))
    #expect(key.name == kept)
    try scratch.write("cache/\(kept)/\(PreparedStore.front)", [1, 2, 3])
    #expect(store.plan(of: key) == nil)
    unsafe unlink("\(scratch.path)/cache/\(kept)/\(PreparedStore.vocoder)")
    #expect(store.plan(of: key) == nil)
  }

  @Test func `why nothing can be kept is said`() throws {
    #expect(store.trouble == nil)
    try scratch.write("file", [1])
    #expect(
      PreparedStore(folder: scratch.path + "/file/kugel").trouble?.contains("no folder") == true)
  }
}
