/// What a device has been given, sound of the ring and silence between, and how much of it was heard.
final class DeviceTrack {
  private(set) var device: any PlaybackDevice
  /// Ring position of the next frame to write.
  private(set) var position = 0
  /// Frames written and not yet heard, when the device was last asked or written to.
  private(set) var unheard = 0
  /// Frames of them that the device itself held then; the others lie behind it.
  private var held = 0

  private let ring: SampleRing
  private var log = WrittenLog()
  private var loudness: Loudness
  private var block: [Int16]

  init(_ device: any PlaybackDevice, ring: SampleRing, decibels: Double) {
    self.device = device
    self.ring = ring
    loudness = Loudness(rate: device.rate, decibels: decibels, channels: ring.channels)
    block = [Int16](repeating: 0, count: device.bufferFrames * ring.channels)
  }

  private var blockFrames: Int { block.count / ring.channels }

  /// Frames that can be written at once.
  var ready: Int { ring.end - position }
  /// Frames ever written.
  var written: Int { log.written }
  /// The ring position that was heard last.
  var heard: Int { log.heard(pending: unheard) }
  /// What follows it in the device: so much silence, then so much sound without a break.
  var ahead: (silence: Int, sound: Int) { log.ahead(pending: unheard) }

  var silenceAtEnd: PlaybackPlan.Silence { log.silenceAtEnd(pending: unheard) }

  /// Asks the device.
  ///
  /// - Returns: frames that fit now, or a negated `errno`.
  func look() -> Int {
    let (room, delay) = device.look()
    guard room >= 0 else { return room }
    held = max(0, device.bufferFrames - room)
    unheard = max(0, delay ?? held)
    log.prune(pending: unheard)
    return room
  }

  // MARK: Writing

  /// - Returns: frames taken, or a negated `errno`.
  func play(_ frames: Int, fadesIn: Bool, decibels: Double) -> Int {
    let count = min(frames, blockFrames)
    if !fadesIn, loudness.isNeutral(at: decibels),
      let taken = unsafe ring.withFrames(from: position, count: count, { unsafe device.write($0) })
    {
      return logSound(taken)
    }
    // What is not taken is prepared again from the ring.
    var prepared = loudness
    prepare(count, with: &prepared, fadesIn: fadesIn, decibels: decibels)
    let taken = device.write(block[0..<(count * ring.channels)])
    guard taken >= 0 else { return taken }
    if taken < count {
      prepared = loudness
      prepare(taken, with: &prepared, fadesIn: fadesIn, decibels: decibels)
    }
    loudness = prepared
    return logSound(taken)
  }

  private func logSound(_ taken: Int) -> Int {
    guard taken > 0 else { return taken }
    log.append(taken, source: position)
    unheard += taken
    position += taken
    return taken
  }

  private func prepare(
    _ count: Int, with loudness: inout Loudness, fadesIn: Bool, decibels: Double
  ) {
    ring.copy(from: position, count: count, into: &block)
    if fadesIn { loudness.beginFade() }
    loudness.setVolume(decibels)
    loudness.apply(to: &block, count: count)
  }

  /// - Returns: frames taken, or a negated `errno`.
  func playSilence(_ frames: Int) -> Int {
    let count = min(frames, blockFrames)
    for index in 0..<(count * ring.channels) { block[index] = 0 }
    let taken = device.write(block[0..<(count * ring.channels)])
    if taken > 0 {
      log.append(taken, source: nil)
      unheard += taken
    }
    return taken
  }

  /// Passes over silence that is next to be written: it counts as heard.
  ///
  /// - Parameter limit: frames passed over at most.
  func skipSilence(atMost limit: Int) {
    let count = min(limit, ready, blockFrames)
    ring.copy(from: position, count: count, into: &block)
    let sound = block[0..<(count * ring.channels)].firstIndex { $0 != 0 }
    position += sound.map { $0 / ring.channels } ?? count
  }

  // MARK: Taking back

  /// The device ran dry: it has played all there was.
  func ranDry() { unheard = 0 }

  /// The device stopped by itself; what it holds it will not play.
  func stopped() { unheard = device.left() ?? unheard }

  /// What the device held and will not play is to be written again.
  func takeBack() {
    position = min(position, heard)
    log.takeBack(unheard)
    leave(at: position)
  }

  /// Makes way for sound, where nothing but silence is in the device.
  ///
  /// - Parameter frames: of silence, at most; a device that can only start anew gives back all of it.
  /// - Returns: whether it did; else the silence is heard.
  func takeBackSilence(_ frames: Int) -> Bool {
    // What is wrong with it shows at the next look.
    guard look() >= 0 else { return true }
    let excess = min(frames, held - margin)
    let taken = excess > 0 ? device.rewind(excess) : 0
    guard taken == 0 else {
      log.takeBack(taken)
      unheard -= taken
      return true
    }
    guard device.startsAnewUnheard else { return false }
    drop()
    return device.prepare() >= 0
  }

  /// Nearer to the sound a card may have read it already.
  private var margin: Int { device.rate / 100 }

  /// What lies before `position` and is not written yet never will be.
  func pass(to position: Int) { self.position = position }

  /// Goes on at another place of the ring, with a device that holds nothing.
  func leave(at position: Int) {
    self.position = position
    log.skip(to: position)
    unheard = 0
  }

  /// Makes the device silent; what it held is not heard.
  func drop() {
    let heard = heard
    device.drop()
    leave(at: heard)
  }

  /// Another device goes on with what this one has not played.
  func move(to other: any PlaybackDevice) {
    takeBack()
    device = other
    let missing = (other.bufferFrames - blockFrames) * ring.channels
    if missing > 0 { block += [Int16](repeating: 0, count: missing) }
  }

  /// Lets the sound fade where it is, if the device gives back enough of what it holds.
  ///
  /// - Returns: whether it did; then `drop` follows when the fade has been heard.
  func fadeOut() -> Bool {
    _ = look()
    let fade = device.rate * Loudness.fadeMilliseconds / 1000
    let excess = min(unheard, held) - margin
    let taken = excess > fade ? device.rewind(excess) : 0
    guard taken > fade else { return false }
    log.takeBack(taken)
    unheard -= taken
    let source = log.heard(pending: 0)
    if ahead.sound > 0, ring.end - source >= fade {
      ring.copy(from: source, count: fade, into: &block)
      loudness.fadeOut(&block, count: fade)
      let faded = max(0, device.write(block[0..<(fade * ring.channels)]))
      log.append(faded, source: source)
    }
    // What was faded counts as heard.
    position = log.heard(pending: 0)
    unheard = 0
    return true
  }
}
