/// Texts as C strings, for calls that want several at once.
enum CStrings {
  /// - Parameter body: gets a pointer for each text, in order; they last until it returns.
  static func with<Result>(
    _ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> Result
  ) -> Result {
    var bytes: [CChar] = []
    var starts: [Int] = []
    for text in texts {
      starts.append(bytes.count)
      bytes += text.utf8.map(CChar.init(bitPattern:)) + [0]
    }
    return unsafe bytes.withUnsafeBufferPointer { all in
      unsafe body(starts.map { start in unsafe all.baseAddress.map { unsafe $0 + start } })
    }
  }
}
