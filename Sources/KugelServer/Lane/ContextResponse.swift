import KugelAudio
import KugelServiceCore
import KugelTransport
import KugelWire

/// The answer to one of ElevenLabs' calls: bytes as they are made, or JSON with the characters and their
/// times. Lives on the loop's thread.
///
/// Source: ElevenLabs notes, sections 6.1 to 6.5.
final class ContextResponse: LaneOutput {
  private enum Phase { case waiting, speaking, over }

  private let responder: HTTPResponder
  private let call: ContextCall
  private let requestID: String
  /// Called with the status once the answer is complete or can no longer become so.
  private let onEnd: (_ status: Int) -> Void
  private var phase = Phase.waiting
  private var coder: SoundCoder?
  private(set) var sentBytes = 0
  /// Samples of the chunks before.
  private var samples = 0
  private var times = TimedText()
  /// What is sent whole.
  private var kept: [UInt8] = []

  init(
    _ responder: HTTPResponder, _ call: ContextCall, requestID: String,
    onEnd: @escaping (_ status: Int) -> Void
  ) {
    self.responder = responder
    self.call = call
    self.requestID = requestID
    self.onEnd = onEnd
  }

  var pendingBytes: Int { responder.pendingBytes }

  /// A file with its length in front, and an object, go out when all of it is there.
  private var isWhole: Bool { call.form == .object || call.format.codec == .wav }

  func send(_ frame: ServiceFrame, encoding: AudioEncoding) {
    guard phase != .over else { return }
    switch frame.message {
    case .generationStarted(_, let text): times.begin(text, at: samples, rate: call.format.rate)
    case .wordTimes(let words, _): times.add(words)
    case .audio(let audio):
      samples += audio.samples.count
      encode { coder throws(SoundError) in try coder.bytes(of: audio) }
    case .contextClosed:
      encode { coder in coder.finish() }
      finish()
    case .error(let error): fail(error)
    default: break
    }
  }

  private func encode(_ body: (inout SoundCoder) throws(SoundError) -> [UInt8]) {
    do throws(SoundError) {
      if coder == nil { coder = try SoundCoder(call.format) }
      guard var made = coder else { return }
      let bytes = try body(&made)
      coder = made
      take(bytes)
    } catch { breakOff(status: 500) }
  }

  private func take(_ bytes: [UInt8]) {
    if isWhole {
      kept += bytes
    } else if call.form == .lines {
      guard !bytes.isEmpty || times.hasNews else { return }
      write(ElevenLabsTimes.object(bytes, times.takeNews()) + [UInt8(ascii: "\n")])
    } else if !bytes.isEmpty {
      write(bytes)
    }
  }

  private func finish() {
    guard phase != .over else { return }
    if call.form == .object {
      write(ElevenLabsTimes.object(file(kept), times.takeNews()))
    } else if isWhole {
      write(file(kept))
    }
    begin()
    responder.finish()
    end(status: call.head.status)
  }

  private func file(_ bytes: [UInt8]) -> [UInt8] {
    guard call.format.codec == .wav else { return bytes }
    return WaveHeader.bytes(
      format: .wav, rate: call.format.rate, channels: 1, dataBytes: bytes.count) + bytes
  }

  private func write(_ bytes: [UInt8]) {
    begin()
    let before = responder.pendingBytes
    responder.write(bytes)
    sentBytes += responder.pendingBytes - before
  }

  private func begin() {
    guard phase == .waiting else { return }
    phase = .speaking
    var headers = call.head.fields(requestID: requestID)
    headers.append("request-id", requestID)
    responder.begin(call.head.status, headers: headers)
  }

  private func fail(_ error: ServiceError) {
    guard phase == .waiting else { return breakOff(status: 500) }
    var told = error
    if error.name == "voice_id_does_not_exist" {
      told = .noVoice(call.settings.voice?.description ?? "")
    } else if !(400...599).contains(error.code) {
      told.code = 500
    }
    responder.respond(
      HTTPResponse(APIResponse(contexts: told, requestID: requestID), requestID: requestID))
    end(status: told.code)
  }

  /// Requests have no contexts.
  func cut(_ context: String) {}

  func close(code: UInt16, reason: String) {
    switch phase {
    case .waiting: fail(ServiceError.modelUnavailable.retrying(after: 1))
    case .speaking: breakOff(status: 503)
    case .over: break
    }
  }

  func abandon() { breakOff(status: 408) }

  /// Roughly, where an encoder decides.
  func bytesPerSecond(rate: Int, encoding: AudioEncoding) -> Double {
    switch call.format.codec {
    case .pcm, .wav: Double(2 * rate)
    case .ulaw, .alaw: Double(rate)
    case .mp3, .opus: 16_000
    }
  }

  /// The client must notice that the audio is not whole.
  private func breakOff(status: Int) {
    responder.abort()
    end(status: status)
  }

  private func end(status: Int) {
    guard phase != .over else { return }
    phase = .over
    onEnd(status)
  }
}
