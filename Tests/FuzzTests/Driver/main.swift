// Feeds one target with inputs of libFuzzer's making; `KUGEL_FUZZ_TARGET` names it. The rest of the
// command line is libFuzzer's.
import Glibc

private typealias Callback = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ callback: Callback
) -> CInt

private let wanted = unsafe getenv("KUGEL_FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""

private enum Chosen {
  static let target = FuzzTarget.all.first { $0.name == wanted }
}

if wanted == "list" {
  for target in FuzzTarget.all { print(target.name) }
  exit(0)
}
guard Chosen.target != nil else {
  print("KUGEL_FUZZ_TARGET names one of: " + FuzzTarget.all.map(\.name).joined(separator: " "))
  exit(64)
}

private var count = CommandLine.argc
private var arguments = unsafe CommandLine.unsafeArgv
exit(
  unsafe runFuzzer(&count, &arguments) { bytes, count in
    let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    do {
      try Chosen.target?.check(input)
    } catch {
      fatalError("\(error)")
    }
    return 0
  })
