import Glibc

/// What this process was given by whoever started it: words that need not be UTF-8.
package enum ProcessWords {
  /// The program's name and the arguments.
  package static var arguments: [String] {
    (0..<Int(CommandLine.argc)).compactMap { index in
      unsafe CommandLine.unsafeArgv[index].map { unsafe name($0) }
    }
  }

  /// nil when it is not set.
  package static func variable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe Self.name($0) }
  }

  private static func name(_ text: UnsafeMutablePointer<CChar>) -> String {
    unsafe String(systemName: UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }
}
