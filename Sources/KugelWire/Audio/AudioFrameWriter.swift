extension KugelCodec {
  /// An audio message, built byte by byte: a service sends little else.
  ///
  /// Source: protocol notes, sections 4.4 and 10. `samples` counts samples, whatever the codec.
  package static func encodeAudio(
    _ frame: AudioFrame, context: String?, encoding: AudioEncoding
  ) -> [UInt8] {
    switch encoding {
    case .pcm16:
      #if _endian(big)
        let samples = frame.samples.map(\.littleEndian)
      #else
        let samples = frame.samples
      #endif
      return unsafe samples.withUnsafeBytes {
        unsafe audioMessage($0, of: frame, context: context, encoding: encoding)
      }
    case .mulaw:
      return unsafe G711.encodeMuLaw(frame.samples).withUnsafeBytes {
        unsafe audioMessage($0, of: frame, context: context, encoding: encoding)
      }
    case .alaw:
      return unsafe G711.encodeALaw(frame.samples).withUnsafeBytes {
        unsafe audioMessage($0, of: frame, context: context, encoding: encoding)
      }
    }
  }

  /// An audio message with any bytes for its audio, also half samples.
  package static func encodeAudio(
    bytes: [UInt8], of frame: AudioFrame, context: String?, encoding: AudioEncoding
  ) -> [UInt8] {
    unsafe bytes.withUnsafeBytes {
      unsafe audioMessage($0, of: frame, context: context, encoding: encoding)
    }
  }

  private static func audioMessage(
    _ audio: UnsafeRawBufferPointer, of frame: AudioFrame, context: String?,
    encoding: AudioEncoding
  ) -> [UInt8] {
    var tail = JSONWriter()
    tail.object { tail in
      tail.field("enc", encoding.rawValue)
      tail.field("idx", frame.index)
      tail.field("sr", frame.rate)
      tail.field("samples", frame.samples.count)
      tail.field("chunk_id", frame.chunk)
      tail.field("context_id", context)
    }
    let head: StaticString = "{\"audio\":\""
    let textCount = Base64.encodedCount(audio.count)
    // The tail's opening brace gives way to the quote and comma that follow the audio.
    let total = head.utf8CodeUnitCount + textCount + 2 + tail.bytes.count - 1
    return unsafe [UInt8](unsafeUninitializedCapacity: total) { room, count in
      let room = UnsafeMutableRawBufferPointer(room)
      var end = head.utf8CodeUnitCount
      head.withUTF8Buffer { unsafe room.copyMemory(from: UnsafeRawBufferPointer($0)) }
      unsafe Base64.encode(audio, to: UnsafeMutableRawBufferPointer(rebasing: room[end...]))
      end += textCount
      unsafe room[end] = UInt8(ascii: "\"")
      unsafe room[end + 1] = UInt8(ascii: ",")
      end += 2
      unsafe tail.bytes.withUnsafeBytes { tail in
        unsafe UnsafeMutableRawBufferPointer(rebasing: room[end...])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: tail.dropFirst()))
      }
      count = total
    }
  }
}
