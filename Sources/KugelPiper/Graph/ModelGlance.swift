import KugelSystem

/// Whether a file can be an ONNX model, by its outermost fields: a few bytes are read, however large it is.
///
/// Source: onnx.proto: a model is one message, with its graph in field 7.
enum ModelGlance {
  /// Bytes that a model may have.
  static let longest = 1 << 30
  /// Fields that one has beside its graph: some for each set of operators, and for what is noted.
  private static let most = 10_000

  /// - Throws: what is wrong with it.
  static func check(_ path: String) throws(PiperFileError) {
    let file: FileMapping
    do throws(SystemError) { file = try FileMapping(path) } catch {
      throw PiperFileError("\(path) cannot be read: \(error.cause)")
    }
    let count = unsafe file.bytes.count
    guard count <= longest else {
      throw PiperFileError("\(path) has \(count / 1_000_000) MB, which no voice has")
    }
    guard isModel(file, count) else {
      throw PiperFileError("\(path) is no ONNX model, or a broken one")
    }
  }

  private static func isModel(_ file: FileMapping, _ count: Int) -> Bool {
    var (position, hasGraph, fields) = (0, false, 0)
    while position < count {
      guard fields < most, let tag = varint(file, &position, count), 1..<1 << 29 ~= tag >> 3 else {
        return false
      }
      fields += 1
      let size: UInt64
      switch tag & 7 {
      case 0:
        guard varint(file, &position, count) != nil else { return false }
        size = 0
      case 1: size = 8
      case 2:
        guard let told = varint(file, &position, count) else { return false }
        size = told
        if tag >> 3 == 7 { hasGraph = size > 0 }
      case 5: size = 4
      default: return false
      }
      guard size <= UInt64(count - position) else { return false }
      position += Int(size)
    }
    return hasGraph
  }

  private static func varint(_ file: FileMapping, _ position: inout Int, _ count: Int) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard position < count else { return nil }
      let byte = unsafe file.bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }
}
